"""The bases of every network family: a generator, a discriminator, and the pair that is looked up by name."""

import keras

from keras_gans.registry import Component


class Generator(keras.Model):
    """A functional model from latents `(batch, latent_dim)` to images `(batch, height, width, channels)` in [-1, 1].

    A subclass builds the graph in `__init__`, calls `super().__init__(inputs, outputs, **kwargs)` and returns its
    constructor's arguments from `get_config`.
    """

    @property
    def latent_dim(self):
        return self.input_shape[-1]

    @property
    def image_shape(self):
        return tuple(self.output_shape[1:])


class Discriminator(keras.Model):
    """A functional model from images to unbounded scores `(batch, 1)` (or a map of scores): no sigmoid at its end."""

    @property
    def image_shape(self):
        return tuple(self.input_shape[1:])


class Network(Component):
    """A family: the pair of classes that a paper introduced together, looked up by one name.

    `generator(image_shape=..., **options)` and `discriminator(image_shape=..., **options)` are the classes; each
    takes the options that it has and refuses the others.
    """

    noun = "network"

    generator = None
    discriminator = None
