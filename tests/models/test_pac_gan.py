"""What makes it itself: how packs are made, and that everything of D is per pack."""

import keras
import numpy as np
import pytest
from keras import layers, ops

from keras_gans.models import NSGAN, PacGAN
from keras_gans.testing import tiny


def game(packing, **compile_arguments):
    keras.utils.set_random_seed(0)
    shape = PacGAN.judged_shape(tiny.IMAGE_SHAPE, packing=packing)
    model = PacGAN(tiny.generator(), tiny.discriminator(image_shape=shape), packing=packing)
    model.compile(**compile_arguments)
    return model


def points_game(critic, packing=2):
    generator = keras.Sequential([keras.Input((2,)), layers.Dense(3)])
    return PacGAN(generator, critic, packing=packing)


def test_packs_of_images_are_concatenated_along_channels():
    model = game(packing=4)
    images = tiny.images(8)
    packs = ops.convert_to_numpy(model.packed(ops.convert_to_tensor(images)))
    assert packs.shape == (2, 8, 8, 4)
    for pack, example, source in ((0, 0, 0), (0, 1, 1), (0, 3, 3), (1, 0, 4), (1, 2, 6)):
        np.testing.assert_array_equal(packs[pack, :, :, example], images[source, :, :, 0])
    np.testing.assert_array_equal(ops.convert_to_numpy(model.packed(ops.convert_to_tensor(packs))), packs)


def test_packs_of_points_are_concatenated_along_features():
    model = points_game(keras.Sequential([keras.Input((6,)), layers.Dense(1)]))
    packs = ops.convert_to_numpy(model.packed(ops.reshape(ops.arange(12, dtype="float32"), (4, 3))))
    np.testing.assert_array_equal(packs, [[0, 1, 2, 3, 4, 5], [6, 7, 8, 9, 10, 11]])


def test_packs_of_one_are_the_non_saturating_game():
    models = [game(packing=1), tiny.game(NSGAN)]
    for model in models:
        model.fit(tiny.images(16), batch_size=8, shuffle=False, verbose=0)
    for mine, its in zip(models[0].get_weights(), models[1].get_weights(), strict=True):
        np.testing.assert_array_equal(mine, its)


def test_both_players_scores_are_per_pack():
    model = game(packing=2)
    images = ops.convert_to_tensor(tiny.images(8))
    assert tuple(model.judge(images)["scores"].shape) == (4, 1)
    assert tuple(model.judge_as_opponent(images)["scores"].shape) == (4, 1)


def test_a_penalty_takes_one_norm_for_a_pack():
    """For a linear critic with weight w on each of 6 numbers, (|w| sqrt(6) - 1)^2 for each pack."""
    critic = keras.Sequential([keras.Input((6,)), layers.Dense(1)])
    critic.set_weights([np.full((6, 1), 2.0), np.zeros(1)])
    model = points_game(critic)
    model.compile(objective="wasserstein", penalties=["interpolated_gradient"])
    real, fake = (ops.convert_to_tensor(np.random.default_rng(s).normal(size=(8, 3)).astype("float32")) for s in (0, 1))
    values = ops.convert_to_numpy(model.penalty(model.penalties[0], real, fake))
    np.testing.assert_allclose(values, np.full(4, 10.0 * (2.0 * np.sqrt(6.0) - 1.0) ** 2), rtol=1e-4)


def test_refusals():
    with pytest.raises(ValueError, match="packing=0"):
        PacGAN(tiny.generator(), tiny.discriminator(), packing=0)
    with pytest.raises(ValueError, match=r"shape \(8, 8, 3\)"):
        PacGAN(tiny.generator(), tiny.discriminator(), packing=3)
    with pytest.raises(ValueError, match="multiple of packing=2"):
        game(packing=2).packed(ops.convert_to_tensor(tiny.images(3)))


def test_packing_survives_the_config():
    model = game(packing=3)
    twin = PacGAN.from_config(model.get_config())
    assert twin.packing == 3 and twin.discriminator.input_shape == (None, 8, 8, 3)
