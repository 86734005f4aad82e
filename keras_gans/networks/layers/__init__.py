"""Layers that Keras lacks or gets wrong."""

from keras_gans.networks.layers.batch_normalization import BatchNormalization
from keras_gans.networks.layers.conditional_batch_normalization import ConditionalBatchNormalization
from keras_gans.networks.layers.conv2d_transpose import Conv2DTranspose
from keras_gans.networks.layers.dropout import Dropout
from keras_gans.networks.layers.equalized_learning_rate import EqualizedLearningRate
from keras_gans.networks.layers.instance_normalization import InstanceNormalization
from keras_gans.networks.layers.leaky_relu import LeakyReLU
from keras_gans.networks.layers.maxout import Maxout
from keras_gans.networks.layers.minibatch_discrimination import MinibatchDiscrimination
from keras_gans.networks.layers.minibatch_standard_deviation import MinibatchStandardDeviation
from keras_gans.networks.layers.pixel_normalization import PixelNormalization
from keras_gans.networks.layers.pixel_shuffle import PixelShuffle
from keras_gans.networks.layers.reference_batch import DropReference, PrependReference
from keras_gans.networks.layers.self_attention import SelfAttention
from keras_gans.networks.layers.spectral_normalization import SpectralNormalization
from keras_gans.networks.layers.virtual_batch_normalization import VirtualBatchNormalization

__all__ = [
    "BatchNormalization",
    "ConditionalBatchNormalization",
    "Conv2DTranspose",
    "DropReference",
    "Dropout",
    "EqualizedLearningRate",
    "InstanceNormalization",
    "LeakyReLU",
    "Maxout",
    "MinibatchDiscrimination",
    "MinibatchStandardDeviation",
    "PixelNormalization",
    "PixelShuffle",
    "PrependReference",
    "SelfAttention",
    "SpectralNormalization",
    "VirtualBatchNormalization",
]
