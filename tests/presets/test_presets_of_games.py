"""Every registered game comes back from a preset as it was, and is trained further."""

import keras
import numpy as np
import pytest

from keras_gans import presets, registry
from keras_gans.testing import tiny
from keras_gans.testing.checks import preset_checks


@pytest.mark.parametrize("name", registry.names("game"))
def test_a_game_comes_back_and_trains_on(name, tmp_path):
    game = tiny.game(registry.lookup("game", name), ema_momentum=0.9, run_eagerly=True)
    train(game)
    saved = presets.save_to_preset(game, tmp_path / name)
    loaded = presets.from_preset(tmp_path / name)
    preset_checks.golden_sample(tmp_path / name, lambda: loaded)
    preset_checks.same_picture(tmp_path / name, lambda: loaded)
    np.testing.assert_array_equal(loaded.sample(6, seed=9), game.sample(6, seed=9))
    for one, other in zip(loaded.discriminator.get_weights(), game.discriminator.get_weights(), strict=True):
        np.testing.assert_array_equal(one, other)
    again = presets.save_to_preset(loaded, tmp_path / "again" / name)
    assert (again.model, again.recipe, again.files) == (saved.model, saved.recipe, saved.files)
    assert saved.probe["label"] == ([0, 1, 2, 0] if "generator" in game.takes_labels else None)

    before = keras.ops.convert_to_numpy(loaded.generator.trainable_variables[0]).copy()
    train(loaded)
    assert not np.array_equal(before, loaded.generator.trainable_variables[0])


def train(game):
    """One train step."""
    batch = tiny.batch(game, 4 * game.discriminator_steps)
    game.fit(*(batch if isinstance(batch, tuple) else (batch,)), batch_size=4, verbose=0)
