"""The fully connected pair of the first GAN paper, for small images and for flat data such as points in the plane."""

import math

import keras
from keras import layers

from keras_gans.networks.layers.batch_normalization import BatchNormalization
from keras_gans.networks.layers.dropout import Dropout
from keras_gans.networks.layers.maxout import Maxout
from keras_gans.networks.network import Discriminator, Generator, Network
from keras_gans.registry import register


@keras.saving.register_keras_serializable("keras_gans")
class MLPGenerator(Generator):
    """Goodfellow's generator.

        latents (latent_dim,)
        for each of `hidden`: Dense [, BN], activation
        Dense, tanh, reshaped to the image in [-1, 1]; for flat data linear

    The paper's output is a sigmoid for images in [0, 1]; ours is tanh, for [-1, 1]. Its weights are drawn from
    U(-0.05, 0.05), which at its widths is Glorot's uniform draw, the default here because it suits other widths too.

    Args:
        image_shape: (height, width, channels), or (features,) for flat data, whose range is not bounded.
        latent_dim: size of the latents.
        hidden: widths of the hidden layers.
        activation: of the hidden layers.
        batch_normalization: put BatchNormalization before each activation (momentum 0.9, epsilon 1e-5).
        initializer: of all kernels.

    Reference: Goodfellow et al., 2014, arXiv:1406.2661.
    """

    def __init__(
        self,
        image_shape=(28, 28, 1),
        latent_dim=100,
        hidden=(1200, 1200),
        activation="relu",
        batch_normalization=False,
        initializer="glorot_uniform",
        name="mlp_generator",
    ):
        image_shape = _checked_shape(image_shape)
        latents = keras.Input((latent_dim,), name="latents")
        x = latents
        for units in hidden:
            x = layers.Dense(units, use_bias=not batch_normalization, kernel_initializer=_fresh(initializer))(x)
            if batch_normalization:
                x = BatchNormalization(momentum=0.9, epsilon=1e-5)(x)
            x = layers.Activation(activation)(x)
        output = "tanh" if len(image_shape) == 3 else "linear"
        size = math.prod(image_shape)
        images = layers.Dense(size, activation=output, kernel_initializer=_fresh(initializer), dtype="float32")(x)
        if len(image_shape) == 3:
            images = layers.Reshape(image_shape, dtype="float32")(images)
        super().__init__(latents, images, name=name)
        self.hidden = tuple(hidden)
        self.activation = activation
        self.batch_normalization = batch_normalization
        self.initializer = initializer


@keras.saving.register_keras_serializable("keras_gans")
class MLPDiscriminator(Discriminator):
    """Goodfellow's discriminator: maxout layers and dropout.

        image, flattened, Dropout
        for each of `hidden`: Dense units * pieces, maximum over the pieces, Dropout
        Dense 1 -> unbounded score

    The paper draws all weights from U(-0.005, 0.005) for its SGD with a learning rate of 0.1; for that recipe pass
    `initializer=keras.initializers.RandomUniform(-0.005, 0.005)`.

    Args:
        image_shape: (height, width, channels), or (features,) for flat data.
        hidden: units of the hidden layers.
        maxout: linear pieces per unit, the paper's 5; None for plain layers with `activation`.
        activation: of the hidden layers where `maxout` is None.
        input_dropout: share of the input dropped. None is the paper's 0.2 for images and 0 for flat data, where a
            dropped coordinate is another point, not a noisy picture.
        dropout: share of each hidden layer dropped. None is the paper's 0.5 for images and 0 for flat data.
        initializer: of all kernels.

    Reference: Goodfellow et al., 2014, arXiv:1406.2661; maxout: Goodfellow et al., 2013, arXiv:1302.4389.
    """

    def __init__(
        self,
        image_shape=(28, 28, 1),
        hidden=(240, 240),
        maxout=5,
        activation="relu",
        input_dropout=None,
        dropout=None,
        initializer="glorot_uniform",
        name="mlp_discriminator",
    ):
        image_shape = _checked_shape(image_shape)
        input_rate = _rate(input_dropout, 0.2, image_shape)
        hidden_rate = _rate(dropout, 0.5, image_shape)
        images = keras.Input(image_shape, name="images")
        x = Dropout(input_rate)(layers.Flatten()(images))
        for units in hidden:
            x = layers.Dense(units * (maxout or 1), kernel_initializer=_fresh(initializer))(x)
            x = Maxout(maxout)(x) if maxout else layers.Activation(activation)(x)
            x = Dropout(hidden_rate)(x)
        scores = layers.Dense(1, kernel_initializer=_fresh(initializer), dtype="float32")(x)
        super().__init__(images, scores, name=name)
        self.hidden = tuple(hidden)
        self.maxout = maxout
        self.activation = activation
        self.input_dropout = input_dropout
        self.dropout = dropout
        self.initializer = initializer


def _checked_shape(image_shape):
    image_shape = tuple(image_shape)
    if len(image_shape) not in (1, 3) or not all(isinstance(size, int) and size >= 1 for size in image_shape):
        raise ValueError(
            "Expected an image shape (height, width, channels), or (features,) for flat data, of positive integers, "
            f"received: image_shape={image_shape!r}"
        )
    return image_shape


def _rate(dropout, paper, image_shape):
    if dropout is not None:
        return dropout
    return paper if len(image_shape) == 3 else 0.0


def _fresh(initializer):
    """A new initializer of the same config: one object used twice would give two layers equal weights."""
    return keras.initializers.get(initializer).clone()


@register("mlp")
class MLP(Network):
    """The first GAN's networks: for tiny images, and with `image_shape=(2,)` for the 2-D toys."""

    generator = MLPGenerator
    discriminator = MLPDiscriminator
    small = {"image_shape": (8, 8, 1), "hidden": (16, 16)}
