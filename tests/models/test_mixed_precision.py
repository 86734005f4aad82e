"""Training in half precision: weights stay float32, the objective and the penalties too, and float16 scales losses."""

import keras
import numpy as np
import pytest

from keras_gans import registry
from keras_gans.models import NSGAN, WGANGP
from keras_gans.testing import tiny


def _game(cls, policy, **compile_arguments):
    keras.config.set_dtype_policy(policy)
    return tiny.game(cls, **compile_arguments)


def _fit(game, steps=3):
    data = tiny.batch(game, steps * 8 * game.discriminator_steps)
    images, labels = data if isinstance(data, tuple) else (data, None)
    return game.fit(images, labels, batch_size=8, shuffle=False, verbose=0).history


@pytest.mark.parametrize("policy", ["mixed_float16", pytest.param("mixed_bfloat16", marks=pytest.mark.slow)])
@pytest.mark.parametrize("name", registry.names("game"))
def test_every_game_trains(name, policy):
    game = _game(registry.lookup("game", name), policy, ema_momentum=0.9)
    before = game.generator.get_weights()
    logs = _fit(game)
    assert all(np.isfinite(values).all() for values in logs.values())
    assert {variable.dtype for variable in game.trainable_variables} == {"float32"}
    assert any(not np.array_equal(a, b) for a, b in zip(before, game.generator.get_weights()))
    assert np.isfinite(game.sample(2)).all()


def test_float16_scales_both_losses_and_restores_the_gradients():
    """Gradients of 1e-8 vanish in float16 (the least number is 6e-8), and come back by the scaling."""
    game = _game(NSGAN, "mixed_float16", generator_optimizer=keras.optimizers.SGD(1.0))
    assert isinstance(game.generator_optimizer, keras.optimizers.LossScaleOptimizer)
    assert isinstance(game.discriminator_optimizer, keras.optimizers.LossScaleOptimizer)
    last = game.discriminator.layers[-1].kernel
    last.assign(last * 1e-7)
    before = game.generator.get_weights()
    _fit(game, steps=1)
    assert max(np.abs(a - b).max() for a, b in zip(before, game.generator.get_weights())) > 0


@pytest.mark.parametrize("name", registry.names("penalty"))
def test_the_scale_does_not_reach_the_penalty(name):
    """D's step with a gradient penalty in float16 is the one in float32, within float16's precision."""
    steps = {}
    for policy in ("float32", "mixed_float16"):
        optimizers = {f"{player}_optimizer": keras.optimizers.SGD(0.1) for player in ("generator", "discriminator")}
        game = _game(WGANGP, policy, discriminator_steps=1, penalties=[name], **optimizers)
        before = game.discriminator.get_weights()
        logs = _fit(game, steps=1)
        steps[policy] = [a - b for a, b in zip(game.discriminator.get_weights(), before)]
        steps[policy].append(np.array(logs[name]))
    for half, full in zip(steps["mixed_float16"], steps["float32"], strict=True):
        np.testing.assert_allclose(half, full, rtol=0.02, atol=0.02 * np.abs(full).max())


def test_a_step_whose_gradients_overflow_is_left_out_and_the_scale_halved():
    game = _game(NSGAN, "mixed_float16", generator_optimizer=keras.optimizers.SGD(1.0))
    game.generator_optimizer.dynamic_scale.assign(1e38)
    before = game.generator.get_weights()
    _fit(game, steps=1)
    for a, b in zip(before, game.generator.get_weights(), strict=True):
        # Moving statistics alone, of the forward pass, may change.
        assert a.ndim == 1 or np.array_equal(a, b)
    assert float(game.generator_optimizer.dynamic_scale) == pytest.approx(5e37)
