"""The bases of every network family: a generator, a discriminator, and the pair that is looked up by name."""

import inspect

import keras

from keras_gans.networks.layers.spectral_normalization import SpectralNormalization
from keras_gans.registry import Component


def is_batch_coupled(model):
    """Whether, in training mode, the outputs of one row depend on the other rows of the batch.

    True where some layer, however deeply nested, is a BatchNormalization that trains or declares
    `batch_coupled = True` (minibatch discrimination, ...). A gradient penalty is taken row by row and makes no sense on
    such a model.

    Args:
        model: any `keras.Model`, a user's own `keras.Sequential` included.
    """
    declared = getattr(type(model), "batch_coupled", False) is True
    return declared or any(_couples(layer) for layer in model._flatten_layers(include_self=False))


def _couples(layer):
    if isinstance(layer, keras.layers.BatchNormalization):
        return layer.trainable
    return bool(getattr(layer, "batch_coupled", False))


class _Player(keras.Model):
    """What generators and discriminators share: their config and their declaration."""

    @property
    def batch_coupled(self):
        """Whether training-mode outputs of one row depend on the other rows."""
        return is_batch_coupled(self)

    def get_config(self):
        """The constructor's arguments, which the constructor has stored under their own names."""
        arguments = list(inspect.signature(type(self).__init__).parameters)[1:]
        return {name: keras.saving.serialize_keras_object(getattr(self, name)) for name in arguments}

    @classmethod
    def from_config(cls, config, custom_objects=None):
        return cls(
            **{name: keras.saving.deserialize_keras_object(value, custom_objects) for name, value in config.items()}
        )


class Generator(_Player):
    """A functional model from latents `(batch, latent_dim)` to images `(batch, height, width, channels)` in [-1, 1].

    A conditional one has integer labels `(batch,)` as its second input.

    A subclass builds the graph in `__init__`, calls `super().__init__(inputs, outputs, name=name)` and stores its
    arguments under their own names; `name`, `image_shape` and `latent_dim` are there already. The last layer has
    `dtype="float32"`, so that mixed precision keeps images exact.
    """

    @property
    def latent_dim(self):
        return self.inputs[0].shape[-1]

    @property
    def image_shape(self):
        return tuple(self.output_shape[1:])


class Discriminator(_Player):
    """A functional model from images to unbounded scores `(batch, 1)` (or a map of scores): no sigmoid at its end.

    A conditional one has integer labels `(batch,)` as its second input; one that predicts more than scores returns a
    dictionary. Its constructor follows the generator's rules; its last layer has `dtype="float32"` too.
    """

    @property
    def heads(self):
        """Names of the layers that the outputs are linear in: those which give them."""
        return tuple(output._keras_history.operation.name for output in self.outputs)

    @property
    def image_shape(self):
        return tuple(self.inputs[0].shape[1:])


def outputs_by_name(discriminator):
    """D's symbolic outputs by name: "scores" is the only one, several are a dictionary."""
    if len(discriminator.outputs) == 1:
        return {"scores": discriminator.outputs[0]}
    several = discriminator.output
    return several if isinstance(several, dict) else dict(zip(discriminator.output_names, several, strict=True))


class Network(Component):
    """A family: the pair of classes that a paper introduced together, looked up by one name.

    `generator(image_shape=..., **options)` and `discriminator(image_shape=..., **options)` are the classes; each
    takes the options that it has and refuses the others.
    """

    noun = "network"

    generator = None
    discriminator = None
    small = {"image_shape": (16, 16, 1)}
    """Options of both constructors that make the players small: for checks and trials."""


def checked_image_shape(image_shape, divisor=1, smallest=1, largest=None):
    """`image_shape` as a tuple `(rows, columns, channels)`, or an error that names the offending size."""
    image_shape = tuple(image_shape)
    if len(image_shape) != 3 or not all(isinstance(size, int) and size >= 1 for size in image_shape):
        raise ValueError(
            "Expected an image shape (height, width, channels) of positive integers, "
            f"received: image_shape={image_shape!r}"
        )
    for side, size in zip(("height", "width"), image_shape[:2], strict=True):
        if size % divisor or size < smallest or (largest and size > largest):
            limits = f"from {smallest} to {largest}" if largest else f"of at least {smallest}"
            raise ValueError(
                f"Expected a {side} {limits} pixels that is a multiple of {divisor}, "
                f"received: {side}={size} in image_shape={image_shape!r}"
            )
    return image_shape


def scaled(channels, width):
    """`channels` times the multiplier `width`, at least one."""
    if not width > 0:
        raise ValueError(f"Expected a positive multiplier of the layers' channels, received: width={width!r}")
    return max(1, round(channels * width))


def normalized(layer, normalization):
    """A discriminator's `layer`, wrapped in spectral normalization where that is the `normalization` asked for.

    "batch" and None leave the layer as it is; the batch normalization after it is the caller's.
    """
    if normalization not in ("batch", "spectral", None):
        raise ValueError(f"Expected 'batch', 'spectral' or None, received: normalization={normalization!r}")
    return SpectralNormalization(layer) if normalization == "spectral" else layer
