"""The contract checks catch networks that break the contract."""

import keras
import pytest

from keras_gans.networks import Discriminator, Generator, Network
from keras_gans.testing.checks.network_checks import network_checks

LAYERS = keras.layers


class PlainGenerator(Generator):
    def __init__(self, image_shape=(4, 4, 1), name="plain_generator", end="tanh"):
        latents = keras.Input((3,))
        pixels = LAYERS.Dense(16, activation=end, dtype="float32")(latents)
        super().__init__(latents, LAYERS.Reshape(image_shape, dtype="float32")(pixels), name=name)
        self.end = end


class PlainDiscriminator(Discriminator):
    def __init__(self, image_shape=(4, 4, 1), name="plain_discriminator", end="linear", dtype="float32"):
        images = keras.Input(image_shape)
        x = LAYERS.Dropout(0.5)(LAYERS.Dense(8, activation="relu")(LAYERS.Flatten()(images)))
        super().__init__(images, LAYERS.Dense(1, activation=end, dtype=dtype)(x), name=name)
        self.end = end
        self.last_dtype = dtype

    def get_config(self):
        return {"image_shape": self.image_shape, "name": self.name, "end": self.end, "dtype": self.last_dtype}


class Plain(Network):
    generator = PlainGenerator
    discriminator = PlainDiscriminator
    small = {}


class BatchMean(LAYERS.Layer):
    """Couples the rows of a batch and does not say so."""

    def call(self, inputs):
        return inputs - keras.ops.mean(inputs, axis=0)


class CoupledDiscriminator(PlainDiscriminator):
    def __init__(self, image_shape=(4, 4, 1), name="coupled_discriminator"):
        images = keras.Input(image_shape)
        scores = LAYERS.Dense(1, dtype="float32")(BatchMean()(LAYERS.Flatten()(images)))
        Discriminator.__init__(self, images, scores, name=name)


class ForgetfulDiscriminator(PlainDiscriminator):
    def get_config(self):
        return {"image_shape": self.image_shape, "end": "softplus"}


class UnserializableDiscriminator(PlainDiscriminator):
    def get_config(self):
        return {"image_shape": self.image_shape, "end": lambda scores: scores}


class WrongSizeGenerator(PlainGenerator):
    def __init__(self, image_shape=(4, 4, 1), name="wrong_size_generator"):
        super().__init__((2, 8, 1), name)


def variant(**players):
    return type("Variant", (Plain,), players)


@pytest.fixture(autouse=True)
def known_to_keras():
    classes = (PlainGenerator, PlainDiscriminator, ForgetfulDiscriminator)
    with keras.saving.custom_object_scope({known.__name__: known for known in classes}):
        yield


def test_a_sound_network_of_a_user_passes():
    for _, check in network_checks(Plain):
        check()


@pytest.mark.parametrize(
    "name, network, options",
    [
        ("shapes", variant(generator=WrongSizeGenerator), {}),
        ("images_in_range", Plain, {"generator": {"end": "linear"}}),
        ("finite", Plain, {"generator": {"end": lambda x: x / x}}),
        ("config_round_trip", variant(discriminator=UnserializableDiscriminator), {}),
        ("saved_round_trip", variant(discriminator=ForgetfulDiscriminator), {}),
        ("rows_independent", variant(discriminator=CoupledDiscriminator), {}),
        ("batch_coupling_declared", variant(discriminator=CoupledDiscriminator), {}),
        ("scores_unbounded", Plain, {"discriminator": {"end": "sigmoid"}}),
        ("scores_unbounded", Plain, {"discriminator": {"end": "tanh"}}),
        ("scores_unbounded", Plain, {"discriminator": {"end": "relu"}}),
        ("float32_outputs_in_mixed_precision", Plain, {"discriminator": {"dtype": None}}),
    ],
)
def test_a_broken_network_fails(name, network, options):
    check = dict(network_checks(network, **options))[name]
    with pytest.raises((AssertionError, TypeError)):
        check()
