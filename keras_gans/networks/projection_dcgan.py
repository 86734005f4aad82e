"""A convolutional pair whose generator is conditioned by its normalization and whose discriminator by a projection."""

import math

import keras
from keras import layers, ops

from keras_gans.networks.layers.conditional_batch_normalization import ConditionalBatchNormalization
from keras_gans.networks.layers.conv2d_transpose import Conv2DTranspose
from keras_gans.networks.layers.leaky_relu import LeakyReLU
from keras_gans.networks.layers.spectral_normalization import SpectralNormalization
from keras_gans.networks.network import Discriminator, Generator, Network, checked_image_shape, scaled
from keras_gans.registry import register


@keras.saving.register_keras_serializable("keras_gans")
class ProjectionDCGANGenerator(Generator):
    """A generator whose normalizations have gains and biases of the class.

        latents (latent_dim,)
        Dense (height/4)*(width/4)*256, conditional BN, ReLU
        ConvTranspose 128, 4x4, stride 2, conditional BN, ReLU
        ConvTranspose 64, 4x4, stride 2, conditional BN, ReLU
        Conv, 3x3, tanh -> image in [-1, 1]

    Args:
        image_shape: (height, width, channels); both sides multiples of 4.
        latent_dim: size of the latents.
        num_classes: number of classes; the second input are labels `(batch,)` in [0, num_classes).
        width: multiplies the channels of all inner layers.

    Kernels are drawn by Glorot's uniform initializer.

    Reference: Miyato and Koyama, 2018, arXiv:1802.05637; the convolutional shape: Miyato et al., 2018,
    arXiv:1802.05957, table 3.
    """

    def __init__(
        self, image_shape=(28, 28, 1), latent_dim=128, num_classes=10, width=1.0, name="projection_dcgan_generator"
    ):
        rows, columns, channels = checked_image_shape(image_shape, divisor=4, smallest=4)
        start = (rows // 4, columns // 4, scaled(256, width))

        latents, labels = keras.Input((latent_dim,), name="latents"), keras.Input((), dtype="int32", name="labels")
        x = layers.Reshape(start)(layers.Dense(math.prod(start), use_bias=False)(latents))
        x = layers.ReLU()(ConditionalBatchNormalization(num_classes)([x, labels]))
        for filters in (scaled(128, width), scaled(64, width)):
            x = Conv2DTranspose(filters, 4, strides=2, padding="same", use_bias=False)(x)
            x = layers.ReLU()(ConditionalBatchNormalization(num_classes)([x, labels]))
        images = layers.Conv2D(channels, 3, padding="same", activation="tanh", dtype="float32")(x)
        super().__init__([latents, labels], images, name=name)
        self.num_classes = num_classes
        self.width = width


@keras.saving.register_keras_serializable("keras_gans")
class ProjectionDCGANDiscriminator(Discriminator):
    """A spectrally normalized discriminator whose score has the inner product of features and class.

        d(x, y) = w'h(x) + b + <v_y, h(x)>

        h(x): Conv 64, 3x3; Conv 64, 4x4, stride 2; Conv 128, 3x3; Conv 128, 4x4, stride 2; Conv 256, 3x3, each with
        LeakyReLU 0.1; sum over the map

    Every kernel, w and the table of the v_y included, is divided by its largest singular value.

    Args:
        image_shape, num_classes, width: as `ProjectionDCGANGenerator`.

    Reference: Miyato and Koyama, 2018, arXiv:1802.05637; the convolutional shape: Miyato et al., 2018,
    arXiv:1802.05957, table 3 (one stage of the four is left out for the smaller images).
    """

    heads = ("score", "class_embedding")

    def __init__(self, image_shape=(28, 28, 1), num_classes=10, width=1.0, name="projection_dcgan_discriminator"):
        images = keras.Input(checked_image_shape(image_shape, divisor=4, smallest=4), name="images")
        labels = keras.Input((), dtype="int32", name="labels")
        x = images
        for filters, size, strides in ((64, 3, 1), (64, 4, 2), (128, 3, 1), (128, 4, 2), (256, 3, 1)):
            convolution = layers.Conv2D(scaled(filters, width), size, strides=strides, padding="same")
            x = LeakyReLU(0.1)(SpectralNormalization(convolution)(x))
        features = ops.sum(ops.cast(x, "float32"), axis=(1, 2))
        score = SpectralNormalization(layers.Dense(1, dtype="float32"), name="score", dtype="float32")
        table = layers.Embedding(num_classes, scaled(256, width), dtype="float32")
        embedded = SpectralNormalization(table, name="class_embedding", dtype="float32")(labels)
        scores = score(features) + ops.sum(embedded * features, axis=-1, keepdims=True)
        super().__init__([images, labels], scores, name=name)
        self.num_classes = num_classes
        self.width = width


@register("projection_dcgan")
class ProjectionDCGAN(Network):
    """Conditional batch normalization in G, projection and spectral normalization in D, for MNIST-sized images."""

    generator = ProjectionDCGANGenerator
    discriminator = ProjectionDCGANDiscriminator
    small = {"image_shape": (16, 16, 1), "width": 1 / 16}
