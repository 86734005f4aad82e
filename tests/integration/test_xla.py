"""Train steps compile under XLA with static shapes, which is what a TPU needs."""

from unittest import mock

import keras
import numpy as np
import pytest
import tensorflow as tf

from keras_gans import registry
from keras_gans.models import NSGAN
from keras_gans.testing import tiny

OBJECTIVES, PENALTIES = registry.names("objective"), registry.names("penalty")
PAIRS = [(objective, penalty) for objective in OBJECTIVES for penalty in (None, *PENALTIES)]
FIRST = ("wasserstein", "interpolated_gradient")


def _fixed(draw):
    """XLA draws other random numbers from the same seed: here they depend on the shape alone."""

    def numbers(shape, seed=None, **options):
        return tf.constant(draw(np.random.default_rng(0), tuple(shape)).astype("float32"))

    return numbers


def _train(cls, jit_compile, **compile_arguments):
    """Weights and logs after one step; XLA fails on shapes that it cannot know."""
    game = tiny.game(cls, jit_compile=jit_compile, **compile_arguments)
    normal, uniform = (
        _fixed(lambda rng, shape: rng.normal(size=shape)),
        _fixed(lambda rng, shape: rng.uniform(size=shape)),
    )
    rows = tf.data.Dataset.from_tensor_slices(tiny.batch(game, 8 * game.discriminator_steps))
    data = rows.batch(8 * game.discriminator_steps, drop_remainder=True)
    with mock.patch.object(keras.random, "normal", normal), mock.patch.object(keras.random, "uniform", uniform):
        logs = game.fit(data, verbose=0).history
    assert game.jit_compile is jit_compile
    return game.get_weights(), {name: values[-1] for name, values in logs.items()}


def _assert_equal(cls, **compile_arguments):
    (compiled, logs), (eager, its) = _train(cls, True, **compile_arguments), _train(cls, False, **compile_arguments)
    assert logs == pytest.approx(its, rel=1e-3, abs=1e-4)
    for mine, other in zip(compiled, eager, strict=True):
        assert np.isfinite(mine).all() and np.abs(mine - other).max() < 1e-2


def test_the_gradient_of_a_gradient_compiles():
    _assert_equal(NSGAN, objective=FIRST[0], penalties=[FIRST[1]])


@pytest.mark.slow
@pytest.mark.parametrize(("objective", "penalty"), [pair for pair in PAIRS if pair != FIRST])
def test_every_objective_with_every_penalty(objective, penalty):
    _assert_equal(NSGAN, objective=objective, penalties=[penalty] if penalty else [])


@pytest.mark.slow
@pytest.mark.parametrize("name", registry.names("game"))
def test_every_game(name):
    _assert_equal(registry.lookup("game", name))
