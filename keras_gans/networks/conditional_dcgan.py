"""The conditional MNIST pair of DCGAN's authors: the class is concatenated at every layer."""

import keras
from keras import layers, ops

from keras_gans.networks.layers.batch_normalization import BatchNormalization
from keras_gans.networks.layers.conv2d_transpose import Conv2DTranspose
from keras_gans.networks.layers.leaky_relu import LeakyReLU
from keras_gans.networks.network import Discriminator, Generator, Network, checked_image_shape, normalized, scaled
from keras_gans.registry import register


@keras.saving.register_keras_serializable("keras_gans")
class ConditionalDCGANGenerator(Generator):
    """A generator that is told the class at every layer, as a one-hot vector y or as maps of it.

        latents (latent_dim,), y
        Dense 1024, BN, ReLU, y
        Dense (height/4)*(width/4)*128, BN, ReLU, y
        ConvTranspose 64, 5x5, stride 2, BN, ReLU, y
        ConvTranspose, 5x5, stride 2, tanh -> image in [-1, 1]

    The authors' code ends in a sigmoid, for images in [0, 1], and normalizes without learned gain and bias.

    Args:
        image_shape: (height, width, channels); both sides multiples of 4.
        latent_dim: size of the latents.
        num_classes: number of classes; the second input are labels `(batch,)` in [0, num_classes).
        width: multiplies the channels and units of all inner layers.

    All kernels are drawn from N(0, 0.02).

    Reference: Mirza and Osindero, 2014, arXiv:1411.1784; networks: Radford et al., 2015, arXiv:1511.06434.
    """

    def __init__(
        self, image_shape=(28, 28, 1), latent_dim=100, num_classes=10, width=1.0, name="conditional_dcgan_generator"
    ):
        rows, columns, channels = checked_image_shape(image_shape, divisor=4, smallest=4)
        start = (rows // 4, columns // 4, scaled(128, width))

        latents, labels = keras.Input((latent_dim,), name="latents"), keras.Input((), dtype="int32", name="labels")
        x = latents
        for units in (scaled(1024, width), start[0] * start[1] * start[2]):
            x = _dense(units, use_bias=False)(told(x, labels, num_classes))
            x = layers.ReLU()(_batch_normalization()(x))
        x = told(layers.Reshape(start)(x), labels, num_classes)
        x = layers.ReLU()(_batch_normalization()(_up(scaled(64, width), use_bias=False)(x)))
        images = _up(channels, activation="tanh", dtype="float32")(told(x, labels, num_classes))
        super().__init__([latents, labels], images, name=name)
        self.num_classes = num_classes
        self.width = width


@keras.saving.register_keras_serializable("keras_gans")
class ConditionalDCGANDiscriminator(Discriminator):
    """A discriminator that is told the class at every layer, as the generator is.

        image in [-1, 1], y
        Conv 64, 5x5, stride 2, LeakyReLU 0.2, y
        Conv 128, 5x5, stride 2, normalization, LeakyReLU 0.2
        Flatten, y, Dense 1024, normalization, LeakyReLU 0.2, y
        Dense 1 -> unbounded score

    Args:
        image_shape, num_classes, width: as `ConditionalDCGANGenerator`.
        normalization: "batch" is the authors'; None for gradient penalties; "spectral" divides every kernel by its
            largest singular value.

    Reference: as `ConditionalDCGANGenerator`.
    """

    def __init__(
        self,
        image_shape=(28, 28, 1),
        num_classes=10,
        width=1.0,
        normalization="batch",
        name="conditional_dcgan_discriminator",
    ):
        images = keras.Input(checked_image_shape(image_shape, divisor=4, smallest=4), name="images")
        labels = keras.Input((), dtype="int32", name="labels")
        batch = normalization == "batch"

        x = normalized(_down(scaled(64, width)), normalization)(told(images, labels, num_classes))
        x = told(LeakyReLU(0.2)(x), labels, num_classes)
        x = normalized(_down(scaled(128, width), use_bias=not batch), normalization)(x)
        x = told(layers.Flatten()(_activated(x, batch)), labels, num_classes)
        x = normalized(_dense(scaled(1024, width), use_bias=not batch), normalization)(x)
        x = told(_activated(x, batch), labels, num_classes)
        scores = normalized(_dense(1, dtype="float32"), normalization)(x)
        super().__init__([images, labels], scores, name=name)
        self.num_classes = num_classes
        self.width = width
        self.normalization = normalization


def told(x, labels, num_classes):
    """`x` with the one-hot class concatenated to its channels, at every place of a map."""
    y = ops.one_hot(labels, num_classes)
    if len(x.shape) == 4:
        rows, columns = x.shape[1:3]
        y = layers.Reshape((rows, columns, num_classes))(layers.RepeatVector(rows * columns)(y))
    return layers.Concatenate()([x, y])


def _batch_normalization():
    return BatchNormalization(momentum=0.9, epsilon=1e-5, center=False, scale=False)


def _activated(x, batch):
    return LeakyReLU(0.2)(_batch_normalization()(x) if batch else x)


def _dense(units, **options):
    return layers.Dense(units, kernel_initializer=_kernel(), **options)


def _down(filters, **options):
    return layers.Conv2D(filters, 5, strides=2, padding="same", kernel_initializer=_kernel(), **options)


def _up(filters, **options):
    return Conv2DTranspose(filters, 5, strides=2, padding="same", kernel_initializer=_kernel(), **options)


def _kernel():
    return keras.initializers.RandomNormal(0.0, 0.02)


@register("conditional_dcgan")
class ConditionalDCGAN(Network):
    """DCGAN's conditional pair for MNIST-sized images: both players are told the class."""

    generator = ConditionalDCGANGenerator
    discriminator = ConditionalDCGANDiscriminator
    small = {"image_shape": (16, 16, 1), "width": 1 / 16}
