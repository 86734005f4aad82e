"""Every tool starts from the samples that everybody sees."""

import numpy as np
import pytest

import keras_gans
from keras_gans import latent_space
from keras_gans.latent_space import latents_of
from keras_gans.latents import Truncated
from keras_gans.testing import tiny

SEEDS = [3, 5, 8]


@pytest.mark.parametrize("path", ["linear", "spherical"])
def test_interpolation_goes_from_sample_to_sample(game, path):
    sheet = latent_space.interpolate(game, SEEDS, steps=5, path=path)
    samples = game.sample(seeds=SEEDS)
    assert sheet.images.shape == (2, 5, *tiny.IMAGE_SHAPE) and sheet.images.dtype == np.uint8
    np.testing.assert_array_equal(sheet.images[:, 0], samples[:-1])
    np.testing.assert_array_equal(sheet.images[:, -1], samples[1:])
    np.testing.assert_array_equal(sheet.latents[:, 0], latents_of(game, SEEDS)[:-1])


def test_the_paths_differ_on_the_way(game):
    one, other = (latent_space.interpolate(game, SEEDS, path=path).latents for path in ("linear", "spherical"))
    assert np.abs(one - other).max() > 0.01


def test_a_row_keeps_its_class(conditional):
    sheet = latent_space.interpolate(conditional, SEEDS, steps=3)
    first, last = SEEDS[0] % 3, SEEDS[1] % 3
    np.testing.assert_array_equal(sheet.images[1, 0], conditional.sample(seeds=SEEDS[1:2], labels=[last])[0])
    np.testing.assert_array_equal(sheet.images[0, -1], conditional.sample(seeds=SEEDS[1:2], labels=[first])[0])
    given = latent_space.interpolate(conditional, SEEDS, steps=3, labels=[2, 1])
    np.testing.assert_array_equal(given.images[0, -1], conditional.sample(seeds=SEEDS[1:2], labels=[2])[0])


def test_arithmetic_on_equal_latents_is_the_identity(game):
    sheet = latent_space.arithmetic(game, SEEDS, SEEDS, SEEDS)
    latents = latents_of(game, SEEDS)
    np.testing.assert_array_equal(sheet.latents[:3], np.repeat(latents[:, None], 4, axis=1))
    np.testing.assert_array_equal(sheet.latents[3], np.repeat(latents.mean(axis=0)[None], 4, axis=0))
    one = latent_space.arithmetic(game, [3] * 3, [3] * 3, [3] * 3)
    np.testing.assert_array_equal(one.images[-1, -1], game.sample(seeds=[3])[0])


def test_arithmetic_is_that_of_the_averages(game):
    groups = [1, 2, 3], [4, 5, 6], [7, 8, 9]
    sheet = latent_space.arithmetic(game, *groups)
    first, minus, plus = (latents_of(game, seeds) for seeds in groups)
    np.testing.assert_allclose(sheet.latents[-1, -1], (first - minus + plus).mean(axis=0), atol=1e-6)
    np.testing.assert_allclose(sheet.latents[1, -1], first[1] - minus[1] + plus[1], atol=1e-6)
    np.testing.assert_array_equal(sheet.images[:3, 2], game.sample(seeds=groups[2]))


def test_arithmetic_with_a_class(conditional):
    sheet = latent_space.arithmetic(conditional, [1], [2], [3], label=2)
    np.testing.assert_array_equal(sheet.images[0, :3], conditional.sample(seeds=[1, 2, 3], labels=2))


def test_a_direction_is_found_again():
    latents = np.random.default_rng(0).normal(size=(4000, 6))
    truth = np.array([3.0, 0.0, 4.0, 0.0, 0.0, 0.0]) / 5.0
    found = latent_space.attribute_direction(latents, latents @ truth > 0.3)
    assert found @ truth > 0.99 and np.linalg.norm(found) == pytest.approx(1.0)
    # Between two groups, the others do not count: from small z_3 to large z_1.
    found = latent_space.attribute_direction(latents, latents[:, 1] > 1.0, latents[:, 3] < -1.0)
    assert found[1] > 0.65 and found[3] > 0.65


def test_moving_adds_the_direction(game):
    direction = np.array([0.0, 1.0, 0.0, 0.0])
    sheet = latent_space.move_along(game, direction, SEEDS, strengths=(-2.0, 0.0, 2.0))
    np.testing.assert_array_equal(sheet.images[:, 1], game.sample(seeds=SEEDS))
    moved = sheet.latents - latents_of(game, SEEDS)[:, None]
    np.testing.assert_allclose(moved[..., 1], np.repeat([[-2.0, 0.0, 2.0]], 3, axis=0), atol=1e-6)
    assert np.abs(moved[..., [0, 2, 3]]).max() == 0.0


def test_classes_are_what_the_extractor_sees():
    images, labels = keras_gans.data.arrays("digits", "test")
    found = latent_space.predicted_classes(images[:100], "digits_classifier")
    assert np.mean(found == labels[:100]) > 0.9


def test_truncation_keeps_its_thresholds(game):
    sheet = latent_space.truncation_sweep(game, SEEDS, thresholds=(0.1, 1.0))
    largest = np.abs(sheet.latents).max(axis=(0, 2))
    assert 0.05 < largest[0] <= 0.1 and 0.5 < largest[1] <= 1.0
    truncated = keras_gans.NSGAN(game.generator, game.discriminator, latents=Truncated(1.0))
    truncated.compile()
    np.testing.assert_array_equal(sheet.images[:, 1], truncated.sample(seeds=SEEDS))


def test_neighbours_are_the_nearest(game):
    samples = game.sample(8)
    # Far ones, and one close copy of each of two samples.
    real = np.concatenate([255 - samples, samples[[3, 7]] // 2 + 60, samples[[3, 7]] ^ 1])
    sheet = latent_space.beside_neighbours(game, real, range(8), columns=4)
    np.testing.assert_array_equal(sheet.images[:, :4].reshape(samples.shape), samples)
    np.testing.assert_array_equal(sheet.images[:, 4], real[-2:])
    rows, distances = latent_space.nearest_neighbours(samples[[3, 7]], real, count=2)
    np.testing.assert_array_equal(rows[:, 0], [10, 11])
    assert distances[0, 0] == pytest.approx(np.sqrt(64) / 255, rel=1e-4) and (distances[:, 1] > distances[:, 0]).all()


def test_neighbours_in_features(game):
    samples = game.sample(2)
    real = np.stack([samples[0] // 2, 255 - samples[0], 255 - samples[1]])
    rows, _ = latent_space.nearest_neighbours(
        samples[:1], real, features=lambda images: -np.abs(images[:, 0, 0] - 127.5)
    )
    assert rows[0, 0] == 1  # the negative has the same feature


@pytest.mark.parametrize(
    ("tool", "message"),
    [
        (lambda game: latent_space.interpolate(game, [3]), "at least 2 seeds"),
        (lambda game: latent_space.interpolate(game, [3, -1]), "at least 0"),
        (lambda game: latent_space.interpolate(game, SEEDS, path="linea"), "nearest: linear"),
        (lambda game: latent_space.interpolate(game, SEEDS, labels=1), "Expected no labels"),
        (lambda game: latent_space.arithmetic(game, [1], [2, 3], [4]), "as many exemplars"),
        (lambda game: latent_space.move_along(game, np.ones(3), SEEDS), "direction of shape"),
        (lambda game: latent_space.attribute_direction(np.ones((2, 4)), [True, True]), "2 with and 0 without"),
        (lambda game: latent_space.attribute_direction(np.ones((2, 4)), [True, False]), "equal means"),
        (lambda game: latent_space.beside_neighbours(game, game.sample(2), range(5), columns=2), "received: 5 seeds"),
        (lambda game: latent_space.nearest_neighbours(game.sample(2), np.zeros((2, 4, 4, 1))), "images of one shape"),
        (lambda game: latent_space.invert(game, np.zeros((2, 4, 4, 1), "uint8")), "Expected images of shape"),
    ],
)
def test_refused(game, tool, message):
    with pytest.raises(ValueError, match=message):
        tool(game)


def test_truncation_of_a_box_is_refused(game):
    uniform = keras_gans.NSGAN(game.generator, game.discriminator, latents="uniform")
    with pytest.raises(ValueError, match=r"normal or truncated, received: Uniform\(\)"):
        latent_space.truncation_sweep(uniform, SEEDS)


def test_a_label_too_much_is_refused(conditional):
    with pytest.raises(ValueError, match="one label or 2"):
        latent_space.interpolate(conditional, SEEDS, labels=[0, 1, 2])
