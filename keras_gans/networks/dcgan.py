"""DCGAN, the all-convolutional pair of Radford et al., for images of 16 to 128 pixels a side."""

import math

import keras
from keras import layers

from keras_gans.networks.layers.batch_normalization import BatchNormalization
from keras_gans.networks.layers.conv2d_transpose import Conv2DTranspose
from keras_gans.networks.layers.leaky_relu import LeakyReLU
from keras_gans.networks.network import Discriminator, Generator, Network, checked_image_shape, normalized, scaled
from keras_gans.registry import register


@keras.saving.register_keras_serializable("keras_gans")
class DCGANGenerator(Generator):
    """DCGAN's generator; for 64x64 the paper's 1024-512-256-128 channels.

        latents (latent_dim,)
        Dense, reshaped to the smallest map, BN, ReLU
        until the image's size is reached: ConvTranspose 5x5, stride 2, half the channels, BN, ReLU
        the last one without BN, tanh -> image in [-1, 1]

    The smallest map is the image halved, rounding up, as often as its shorter side stays at least 4: 64 -> 32 -> 16 ->
    8 -> 4 and 28 -> 14 -> 7 -> 4. On the way up a doubled odd side (7 -> 8) is cropped again. The map before the image
    has 128 channels and every smaller one twice as many, at most 1024.

    Args:
        image_shape: (height, width, channels); sides from 16 to 128, multiples of 4, not necessarily equal.
        latent_dim: size of the latents.
        width: multiplies the channels of all inner layers.

    All kernels are drawn from N(0, 0.02), BatchNormalization's gain from N(1, 0.02); its momentum is 0.9, epsilon 1e-5.

    Reference: Radford et al., 2015, arXiv:1511.06434.
    """

    def __init__(self, image_shape=(28, 28, 1), latent_dim=100, width=1.0, name="dcgan_generator"):
        *larger, smallest = _maps(image_shape, width)
        latents = keras.Input((latent_dim,), name="latents")
        x = layers.Dense(math.prod(smallest), use_bias=False, kernel_initializer=_kernel())(latents)
        x = layers.ReLU()(_batch_normalization()(layers.Reshape(smallest)(x)))
        for rows, columns, channels in reversed(larger):
            x = _cropped(_up(channels, use_bias=False)(x), rows, columns)
            x = layers.ReLU()(_batch_normalization()(x))
        images = _up(image_shape[-1], activation="tanh", dtype="float32")(x)
        super().__init__(latents, images, name=name)
        self.width = width


@keras.saving.register_keras_serializable("keras_gans")
class DCGANDiscriminator(Discriminator):
    """DCGAN's discriminator, the generator's mirror; for 64x64 128-256-512-1024 channels.

        image in [-1, 1]
        as often as the generator doubles: Conv 5x5, stride 2, twice the channels, normalization, LeakyReLU 0.2
        Flatten, Dense 1 -> unbounded score

    Args:
        image_shape: as `DCGANGenerator`.
        width: multiplies the channels of all inner layers.
        normalization: "batch" is the paper's, on all layers but the first and the last; None for gradient penalties,
            which batch statistics would spoil; "spectral" divides every kernel by its largest singular value.

    Initializers and BatchNormalization as in `DCGANGenerator`.

    Reference: Radford et al., 2015, arXiv:1511.06434; spectral: Miyato et al., 2018, arXiv:1802.05957.
    """

    def __init__(self, image_shape=(28, 28, 1), width=1.0, normalization="batch", name="dcgan_discriminator"):
        images = keras.Input(tuple(image_shape), name="images")
        x = images
        for index, (_, _, channels) in enumerate(_maps(image_shape, width)):
            batch = normalization == "batch" and index > 0
            x = normalized(_down(channels, use_bias=not batch), normalization)(x)
            x = _batch_normalization()(x) if batch else x
            x = LeakyReLU(0.2)(x)
        score = layers.Dense(1, kernel_initializer=_kernel(), dtype="float32")
        scores = normalized(score, normalization)(layers.Flatten()(x))
        super().__init__(images, scores, name=name)
        self.width = width
        self.normalization = normalization


def _maps(image_shape, width):
    """The maps below the image, (rows, columns, channels), from the largest to the smallest."""
    rows, columns, _ = checked_image_shape(image_shape, divisor=4, smallest=16, largest=128)
    maps = []
    while min(rows, columns) > 4:
        rows, columns = (rows + 1) // 2, (columns + 1) // 2
        maps.append((rows, columns, scaled(min(128 * 2 ** len(maps), 1024), width)))
    return maps


def _kernel():
    return keras.initializers.RandomNormal(0.0, 0.02)


def _batch_normalization():
    gain = keras.initializers.RandomNormal(1.0, 0.02)
    return BatchNormalization(momentum=0.9, epsilon=1e-5, gamma_initializer=gain)


def _down(filters, **options):
    return layers.Conv2D(filters, 5, strides=2, padding="same", kernel_initializer=_kernel(), **options)


def _up(filters, **options):
    return Conv2DTranspose(filters, 5, strides=2, padding="same", kernel_initializer=_kernel(), **options)


def _cropped(x, rows, columns):
    """Cuts the last row and column where doubling has given one more than wanted."""
    surplus = (x.shape[1] - rows, x.shape[2] - columns)
    return layers.Cropping2D(((0, surplus[0]), (0, surplus[1])))(x) if any(surplus) else x


@register("dcgan")
class DCGAN(Network):
    """Radford et al.'s pair, any image size from 16 to 128 pixels."""

    generator = DCGANGenerator
    discriminator = DCGANDiscriminator
    small = {"image_shape": (16, 16, 1), "width": 1 / 16}
