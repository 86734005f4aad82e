"""A batch in parts gives the step of the whole batch."""

from unittest import mock

import keras
import numpy as np
import pytest

from keras_gans import registry
from keras_gans.models import NSGAN
from keras_gans.testing import tiny

# Objectives of single examples, without batch normalization in G; noise for a penalty depends on the shape of a part,
# so that it is the same for all rows here.
GAMES = ["ns_gan", "wgan_gp", "acgan", "info_gan"]


def _same_rows(shape, seed=None, **options):
    row = np.random.default_rng(1).uniform(size=tuple(int(size) for size in shape[1:])).astype("float32")
    return keras.ops.convert_to_tensor(np.broadcast_to(row, (shape[0], *row.shape)))


def _weights(name, accumulate):
    game = tiny.game(
        registry.lookup("game", name),
        generator_batch_normalization=False,
        accumulate=accumulate,
        ema_momentum=0.9,
        run_eagerly=True,
    )
    data = tiny.batch(game, 16 * game.discriminator_steps)
    images, labels = data if isinstance(data, tuple) else (data, None)
    with mock.patch.object(keras.random, "uniform", _same_rows):
        game.fit(images, labels, batch_size=8, shuffle=False, verbose=0)
    return [*game.get_weights(), *game.averaged_generator().get_weights()]


@pytest.mark.parametrize("name", GAMES)
def test_parts_equal_the_whole(name):
    for whole, parts in zip(_weights(name, 1), _weights(name, 4), strict=True):
        np.testing.assert_allclose(parts, whole, rtol=1e-4, atol=2e-6)


def test_a_batch_that_cannot_be_divided_is_refused():
    game = tiny.game(NSGAN, accumulate=3)
    with pytest.raises(ValueError, match="Expected batches that accumulate=3 divides, received: 8 images"):
        game.fit(tiny.images(16), batch_size=8, verbose=0)
    with pytest.raises(ValueError, match="Expected an integer of at least 1, received: accumulate=0"):
        tiny.game(NSGAN, accumulate=0)


def test_it_is_part_of_the_recipe():
    game = tiny.game(NSGAN, accumulate=2)
    twin = tiny.game(NSGAN)
    twin.compile_from_config(game.get_compile_config())
    assert twin.accumulate == 2
