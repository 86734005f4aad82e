"""The convolutional pair that the lectures and TensorFlow's tutorial teach with."""

import keras
from keras import layers

from keras_gans.networks.layers.batch_normalization import BatchNormalization
from keras_gans.networks.layers.conv2d_transpose import Conv2DTranspose
from keras_gans.networks.layers.dropout import Dropout
from keras_gans.networks.layers.leaky_relu import LeakyReLU
from keras_gans.networks.network import Discriminator, Generator, Network, checked_image_shape, scaled
from keras_gans.registry import register

SLOPE = 0.3
"""Of every LeakyReLU: Keras' default, which the tutorial relies on (DCGAN's paper has 0.2)."""


@keras.saving.register_keras_serializable("keras_gans")
class DCGANLectureGenerator(Generator):
    """The lectures' generator, for 28x28 grey images 2,330,944 parameters.

        latents (latent_dim,)
        Dense 7*7*256, BN, LeakyReLU -> 7x7x256
        ConvTranspose 128, stride 1, BN, LeakyReLU -> 7x7x128
        ConvTranspose 64, stride 2, BN, LeakyReLU -> 14x14x64
        ConvTranspose 1, stride 2, tanh -> 28x28x1 in [-1, 1]

    5x5 kernels, no biases, slope 0.3, Keras' default initializers and BatchNormalization.

    Args:
        image_shape: (height, width, channels); both sides multiples of 4.
        latent_dim: size of the latents.
        width: multiplies the channels of all inner layers.

    Reference: the TensorFlow tutorial "Deep Convolutional Generative Adversarial Network", after Radford et al., 2015,
    arXiv:1511.06434.
    """

    def __init__(self, image_shape=(28, 28, 1), latent_dim=100, width=1.0, name="dcgan_lecture_generator"):
        rows, columns, channels = checked_image_shape(image_shape, divisor=4, smallest=4)
        start = (rows // 4, columns // 4, scaled(256, width))

        latents = keras.Input((latent_dim,), name="latents")
        x = layers.Dense(start[0] * start[1] * start[2], use_bias=False)(latents)
        x = LeakyReLU(SLOPE)(BatchNormalization()(x))
        x = layers.Reshape(start)(x)
        for filters, strides in ((128, 1), (64, 2)):
            x = _up(scaled(filters, width), strides)(x)
            x = LeakyReLU(SLOPE)(BatchNormalization()(x))
        images = _up(channels, 2, activation="tanh", dtype="float32")(x)
        super().__init__(latents, images, name=name)
        self.width = width


def _up(filters, strides, **options):
    return Conv2DTranspose(filters, 5, strides, padding="same", use_bias=False, **options)


@keras.saving.register_keras_serializable("keras_gans")
class DCGANLectureDiscriminator(Discriminator):
    """The lectures' discriminator, for 28x28 grey images 212,865 parameters.

        image in [-1, 1]
        Conv 64, stride 2, LeakyReLU, Dropout 0.3 -> 14x14x64
        Conv 128, stride 2, LeakyReLU, Dropout 0.3 -> 7x7x128
        Flatten, Dense 1 -> unbounded score

    5x5 kernels with biases, slope 0.3, Keras' default initializers; no BatchNormalization.

    Args:
        image_shape: (height, width, channels); both sides multiples of 4.
        width: multiplies the channels of all inner layers.
        dropout: share of the activations dropped after each convolution.

    Reference: as `DCGANLectureGenerator`.
    """

    def __init__(self, image_shape=(28, 28, 1), width=1.0, dropout=0.3, name="dcgan_lecture_discriminator"):
        images = keras.Input(checked_image_shape(image_shape, divisor=4, smallest=4), name="images")
        x = images
        for filters in (64, 128):
            x = layers.Conv2D(scaled(filters, width), 5, strides=2, padding="same")(x)
            x = Dropout(dropout)(LeakyReLU(SLOPE)(x))
        scores = layers.Dense(1, dtype="float32")(layers.Flatten()(x))
        super().__init__(images, scores, name=name)
        self.width = width
        self.dropout = dropout


@register("dcgan_lecture")
class DCGANLecture(Network):
    """The lectures' Keras reference: small, fast, legible digits in minutes on a CPU."""

    generator = DCGANLectureGenerator
    discriminator = DCGANLectureDiscriminator
    small = {"image_shape": (16, 16, 1), "width": 1 / 16}
