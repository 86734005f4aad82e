"""The pair that "Are GANs created equal?" compares all objectives with, taken from InfoGAN."""

import keras
from keras import layers

from keras_gans.networks.layers.batch_normalization import BatchNormalization
from keras_gans.networks.layers.conv2d_transpose import Conv2DTranspose
from keras_gans.networks.layers.leaky_relu import LeakyReLU
from keras_gans.networks.network import Discriminator, Generator, Network, checked_image_shape, normalized, scaled
from keras_gans.registry import register


@keras.saving.register_keras_serializable("keras_gans")
class InfoGANGenerator(Generator):
    """InfoGAN's generator in Lucic et al.'s version.

        latents (latent_dim,)
        Dense 1024, BN, LeakyReLU 0.2
        Dense (height/4)*(width/4)*128, BN, LeakyReLU 0.2
        ConvTranspose 64, 4x4, stride 2, BN, LeakyReLU 0.2
        ConvTranspose, 4x4, stride 2, tanh -> image in [-1, 1]

    The paper ends in a sigmoid, for images in [0, 1]. Its BatchNormalization has momentum 0.999, for which thousands of
    steps must pass before the generator can be used; here it is Keras' 0.99.

    Args:
        image_shape: (height, width, channels); both sides multiples of 4.
        latent_dim: size of the latents.
        width: multiplies the channels and units of all inner layers.

    Convolution kernels are drawn from a normal cut at two standard deviations of 0.02, Dense kernels from N(0, 0.02).

    Reference: Lucic et al., 2018, arXiv:1711.10337; Chen et al., 2016, arXiv:1606.03657.
    """

    def __init__(self, image_shape=(28, 28, 1), latent_dim=64, width=1.0, name="infogan_generator"):
        rows, columns, channels = checked_image_shape(image_shape, divisor=4, smallest=4)
        start = (rows // 4, columns // 4, scaled(128, width))

        latents = keras.Input((latent_dim,), name="latents")
        x = latents
        for units in (scaled(1024, width), start[0] * start[1] * start[2]):
            x = _activated(_dense(units, use_bias=False)(x))
        x = layers.Reshape(start)(x)
        x = _activated(_up(scaled(64, width), use_bias=False)(x))
        images = _up(channels, activation="tanh", dtype="float32")(x)
        super().__init__(latents, images, name=name)
        self.width = width


@keras.saving.register_keras_serializable("keras_gans")
class InfoGANDiscriminator(Discriminator):
    """InfoGAN's discriminator in Lucic et al.'s version.

        image in [-1, 1]
        Conv 64, 4x4, stride 2, LeakyReLU 0.2
        Conv 128, 4x4, stride 2, normalization, LeakyReLU 0.2
        Flatten, Dense 1024, normalization, LeakyReLU 0.2
        Dense 1 -> unbounded score

    Args:
        image_shape: (height, width, channels); both sides multiples of 4.
        width: multiplies the channels and units of all inner layers.
        normalization: "batch", None or "spectral"; the paper searches over the first two. None is needed by gradient
            penalties; "spectral" divides every kernel by its largest singular value.
        categories, continuous: sizes of the code that is read from the images. Where they are not 0, a second head
            on the last hidden layer (Dense 128, normalization, LeakyReLU 0.2, Dense) puts out "code",
            `(batch, categories + continuous)`: the category's logits and the means of the continuous numbers.

    Initializers as in `InfoGANGenerator`.

    Reference: as `InfoGANGenerator`.
    """

    def __init__(
        self,
        image_shape=(28, 28, 1),
        width=1.0,
        normalization="batch",
        categories=0,
        continuous=0,
        name="infogan_discriminator",
    ):
        images = keras.Input(checked_image_shape(image_shape, divisor=4, smallest=4), name="images")
        batch = normalization == "batch"
        x = LeakyReLU(0.2)(normalized(_down(scaled(64, width)), normalization)(images))
        x = normalized(_down(scaled(128, width), use_bias=not batch), normalization)(x)
        x = layers.Flatten()(_activated(x, batch))
        x = normalized(_dense(scaled(1024, width), use_bias=not batch), normalization)(x)
        x = _activated(x, batch)
        scores = normalized(_dense(1, dtype="float32"), normalization)(x)
        outputs = scores
        if categories + continuous:
            code = _activated(_dense(scaled(128, width), use_bias=not batch)(x), batch)
            outputs = {"scores": scores, "code": _dense(categories + continuous, dtype="float32")(code)}
        super().__init__(images, outputs, name=name)
        self.width = width
        self.normalization = normalization
        self.categories = categories
        self.continuous = continuous


def _activated(x, batch=True):
    return LeakyReLU(0.2)(BatchNormalization()(x) if batch else x)


def _dense(units, **options):
    return layers.Dense(units, kernel_initializer=keras.initializers.RandomNormal(0.0, 0.02), **options)


def _down(filters, **options):
    return layers.Conv2D(filters, 4, strides=2, padding="same", kernel_initializer=_kernel(), **options)


def _up(filters, **options):
    return Conv2DTranspose(filters, 4, strides=2, padding="same", kernel_initializer=_kernel(), **options)


def _kernel():
    return keras.initializers.TruncatedNormal(0.0, 0.02)


@register("infogan")
class InfoGAN(Network):
    """The networks of Lucic et al.'s comparison, for MNIST-sized images."""

    generator = InfoGANGenerator
    discriminator = InfoGANDiscriminator
    small = {"image_shape": (16, 16, 1), "width": 1 / 16}
