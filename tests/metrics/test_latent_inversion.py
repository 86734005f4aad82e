"""Latents are found again, for each image by itself."""

import keras
import numpy as np
import pytest
from keras import layers

from keras_gans.images import to_uint8
from keras_gans.latents import Normal, Uniform
from keras_gans.metrics import LatentInversion


@pytest.fixture(scope="module")
def generator():
    keras.utils.set_random_seed(0)
    return keras.Sequential(
        [
            keras.Input((2,)),
            layers.Dense(16, activation="tanh", kernel_initializer="orthogonal"),
            layers.Reshape((4, 4, 1)),
        ]
    )


@pytest.fixture(scope="module")
def made(generator):
    latents = np.random.default_rng(0).uniform(-0.9, 0.9, (6, 2)).astype("float32")
    return keras.ops.convert_to_numpy(to_uint8(generator(latents)))


def test_generated_images_are_reached(generator, made):
    distances = LatentInversion(generator, Normal(), steps=60, restarts=2, learning_rate=0.1)(made)
    assert distances.shape == (6,) and distances.max() < 1e-3


def test_other_images_are_not(generator):
    noise = np.random.default_rng(1).integers(0, 256, (3, 4, 4, 1)).astype("uint8")
    assert LatentInversion(generator, Normal(), steps=30, restarts=1)(noise).min() > 0.3


def test_distance_is_of_pixels_in_0_to_1(generator):
    # A generator that only makes grey: white differs from it by 1/2 in each of 16 pixels.
    grey = keras.models.clone_model(generator)
    grey.set_weights([np.zeros_like(weight) for weight in grey.get_weights()])
    white = np.full((1, 4, 4, 1), 255, "uint8")
    assert LatentInversion(grey, Normal(), steps=1, restarts=1)(white) == pytest.approx(16 / 4)


def test_batches_change_nothing(generator, made):
    options = {"steps": 10, "restarts": 2}
    whole = LatentInversion(generator, Uniform(), **options)(made)
    np.testing.assert_allclose(LatentInversion(generator, Uniform(), batch_size=4, **options)(made), whole, rtol=1e-4)
    np.testing.assert_allclose(LatentInversion(generator, Uniform(), **options)(made[:2]), whole[:2], rtol=1e-4)


def test_more_search_finds_no_worse(generator, made):
    short, long, again = (
        LatentInversion(generator, Normal(), steps=steps, restarts=restarts)(made)
        for steps, restarts in ((3, 1), (20, 1), (20, 3))
    )
    assert np.all(long <= short) and np.mean(again) <= np.mean(long)


def test_bounds(generator):
    target = keras.ops.convert_to_numpy(to_uint8(generator(np.full((1, 2), 0.9, "float32"))))
    inside = LatentInversion(generator, Uniform(), bounds=(-0.2, 0.2), steps=40, restarts=1, learning_rate=0.1)(target)
    box = np.stack(np.meshgrid(*[np.linspace(-0.2, 0.2, 21)] * 2), axis=-1).reshape(-1, 2).astype("float32")
    all_inside = keras.ops.convert_to_numpy(generator(box))
    nearest = np.min(np.sum((all_inside - (target / 127.5 - 1)) ** 2, axis=(1, 2, 3))) / 4
    assert nearest > 0.1 and inside[0] == pytest.approx(nearest, rel=0.01)


@pytest.mark.parametrize("option", ["steps", "restarts", "batch_size"])
def test_refused(generator, option):
    with pytest.raises(ValueError, match=f"received: {option}=0"):
        LatentInversion(generator, Normal(), **{option: 0})
