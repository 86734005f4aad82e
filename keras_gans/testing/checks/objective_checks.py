"""What every objective must do, each check one property; run them on an instance of your own `Objective`.

for check in objective_checks.checks():
    check(MyObjective())  # AssertionError says what does not hold
"""

import itertools

import keras
import numpy as np
from keras import ops

from keras_gans import backend, registry
from keras_gans.testing.checks.component_checks import check_config_round_trip, check_documents_its_paper  # noqa: F401

SURE = 60.0
"""The size of the scores of a D that has no doubt left: sigmoid(-60) = 9e-27."""
EXTREME = 1e4
"""The size of scores that only a diverging D has."""


def checks():
    """All checks: functions of an `Objective` that raise AssertionError."""
    return [value for name, value in globals().items() if name.startswith("check_")]


def check_losses_are_per_example(objective):
    """Both losses keep the shape of the scores, (b,), (b, 1) and (b, h, w, 1), and the dtype float32."""
    for shape in ((6,), (6, 1), (6, 3, 2, 1)):
        real, fake = _random_scores(shape)
        for player, loss in (("D", objective.discriminator_loss(real, fake)), ("G", _generator(objective, fake, real))):
            assert tuple(loss.shape) == shape, f"{player}'s loss of scores {shape} has shape {tuple(loss.shape)}"
            assert keras.backend.standardize_dtype(loss.dtype) == "float32", f"{player}'s loss is {loss.dtype}"


def check_batch_comparison_is_declared(objective):
    """`compares_batches` says whether other rows, or the real scores for G, change the loss of a row."""
    real, fake = _random_scores((6, 1))
    others = [ops.concatenate([scores[:1], scores[1:] + shift]) for scores, shift in ((real, 1.0), (fake, -1.0))]
    pairs = (
        (objective.discriminator_loss(real, fake), objective.discriminator_loss(*others)),
        (_generator(objective, fake, real), _generator(objective, fake, real + 1.0)),
    )
    first = [[ops.convert_to_numpy(loss).ravel()[0] for loss in pair] for pair in pairs]
    compares = any(not np.allclose(*pair, atol=1e-5) for pair in first)
    assert compares == objective.compares_batches, f"declared {objective.compares_batches}, measured {compares}"


def check_direction(objective):
    """From the undecided score, D lifts real scores and lowers fake ones, and G lifts fake scores."""
    score = objective.undecided_score
    real, fake, generator = _gradients(objective, _full(score), _full(score))
    assert np.all(real < 0), f"D must push the scores of real images up, its gradient is {real.ravel()}"
    assert np.all(fake > 0), f"D must push the scores of fakes down, its gradient is {fake.ravel()}"
    assert np.all(generator < 0), f"G must push the scores of fakes up, its gradient is {generator.ravel()}"


def check_undecided_score(objective):
    """Where real and fake look alike, D has no reason to leave `undecided_score`."""
    score = objective.undecided_score
    slope = _gradient(lambda scores: objective.discriminator_loss(scores, scores), _full(score))
    assert np.all(np.abs(slope) < 1e-5), f"D's loss has the slope {slope.ravel()} at the undecided score {score}"


def check_extremes(objective):
    """Losses and gradients are finite at scores of +-60 and +-1e4."""
    for real, fake in itertools.product((-EXTREME, -SURE, SURE, EXTREME), repeat=2):
        where = f"at real scores of {real:g} and fake scores of {fake:g}"
        losses = objective.discriminator_loss(_full(real), _full(fake)), _generator(objective, _full(fake), _full(real))
        assert all(np.isfinite(ops.convert_to_numpy(loss)).all() for loss in losses), f"a loss is not finite {where}"
        gradients = _gradients(objective, _full(real), _full(fake))
        assert all(np.isfinite(gradient).all() for gradient in gradients), f"a gradient is not finite {where}"


def check_saturation_is_declared(objective):
    """G feels a D that is sure of itself, unless the objective `saturates`; then it does not."""
    *_, gradient = _gradients(objective, _full(SURE), _full(-SURE))
    if objective.saturates:
        assert np.all(np.abs(gradient) < 1e-6), f"declared to saturate, but G's gradient is {gradient.ravel()}"
    else:
        assert np.all(gradient < -1e-3), f"G's gradient vanishes where D is sure: {gradient.ravel()}"


def check_zero_sum_is_declared(objective):
    """`zero_sum` says whether G's gradient by the fakes' scores is D's with the other sign."""
    _, discriminator, generator = _gradients(objective, *_random_scores((64, 1)))
    opposite = np.allclose(discriminator, -generator, atol=1e-5)
    assert opposite == objective.zero_sum, f"declared {objective.zero_sum}, measured {opposite}"


def check_float32_is_enough(objective):
    """Gradients in float32 agree with float64 where D is nearly sure: nothing cancels, no epsilon drowns them.

    Not on JAX, which has no float64 unless asked to.
    """
    if keras.backend.backend() == "jax":
        return
    scores = np.linspace(-20.0, 20.0, 16)[:, None]
    single, double = (
        _gradients(objective, ops.convert_to_tensor(scores, dtype), ops.convert_to_tensor(scores[::-1].copy(), dtype))
        for dtype in ("float32", "float64")
    )
    for player, rough, exact in zip(("D on real", "D on fake", "G"), single, double, strict=True):
        assert np.allclose(rough, exact, rtol=1e-3, atol=1e-12), f"{player}: {rough.ravel()}, expected {exact.ravel()}"


def check_is_no_duplicate(objective):
    """No other registered objective has the same gradients for both players."""
    real, fake = _random_scores((64, 1))
    mine = _gradients(objective, real, fake)
    for name in registry.names("objective"):
        other = registry.get("objective", name)
        same = all(np.allclose(*pair, atol=1e-5) for pair in zip(mine, _gradients(other, real, fake), strict=True))
        assert not same or type(other) is type(objective), f"{type(objective).__name__} has the gradients of {name!r}"


def check_compiled_equals_eager(objective):
    """Compiled by XLA, both losses are what they are in eager mode (TensorFlow only)."""
    if keras.backend.backend() != "tensorflow":
        return
    import tensorflow as tf

    def losses(real, fake):
        return objective.discriminator_loss(real, fake), _generator(objective, fake, real)

    real, fake = _random_scores((32, 1))
    compiled_losses = tf.function(losses, jit_compile=True)
    for eager, compiled in zip(losses(real, fake), compiled_losses(real, fake), strict=True):
        np.testing.assert_allclose(compiled, eager, rtol=1e-5, atol=1e-6)


def _generator(objective, fake, real):
    return objective.generator_loss(fake, real_scores=real)


def _gradients(objective, real, fake):
    """Gradients of D's loss by real and by fake scores, and of G's loss by fake scores."""
    return (
        _gradient(lambda scores: objective.discriminator_loss(scores, fake), real),
        _gradient(lambda scores: objective.discriminator_loss(real, scores), fake),
        _gradient(lambda scores: _generator(objective, scores, real), fake),
    )


def _gradient(loss, scores):
    return ops.convert_to_numpy(backend.input_gradient(loss, scores))


def _full(score, shape=(4, 1)):
    return ops.full(shape, score, dtype="float32")


def _random_scores(shape):
    """Real and fake scores from N(0, 4^2)."""
    draw = np.random.default_rng(0)
    return tuple(ops.convert_to_tensor(4.0 * draw.normal(size=shape), dtype="float32") for _ in range(2))
