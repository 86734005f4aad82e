"""What every penalty must do, each check one property; run them on an instance of your own `Penalty`.

for check in penalty_checks.checks():
    check(MyPenalty())  # AssertionError says what does not hold
"""

import keras
import numpy as np
from keras import ops

from keras_gans import backend
from keras_gans.testing.checks.component_checks import check_config_round_trip, check_documents_its_paper  # noqa: F401

SHAPE = (5, 4, 3, 2)


def checks():
    """All checks: functions of a `Penalty` that raise AssertionError."""
    return [value for name, value in globals().items() if name.startswith("check_")]


def check_linear_critic(penalty):
    """The gradient of w.x is w at any image, so the penalty is `profile` of its norm over all axes but the batch."""
    for norm in (0.5, 1.0, 5.0):
        expected = penalty.weight * penalty.every * _profile(penalty, norm)
        critic = _linear(ops.convert_to_tensor(_direction(norm)))
        np.testing.assert_allclose(_evaluate(penalty, critic), [expected] * SHAPE[0], atol=1e-4)


def check_flat_critic(penalty):
    """Where D is flat, the penalty and its gradient by D's weights are finite: no sqrt has an infinite slope."""
    weight = keras.Variable(np.zeros(SHAPE[1:], "float32"))
    value, gradient = _value_and_gradient(penalty, weight)
    assert np.isfinite(value) and np.isfinite(gradient).all(), f"penalty {value}, gradient {gradient.ravel()}"


def check_reaches_the_critic(penalty):
    """D's weights feel the penalty: along w, its gradient is the slope of `profile` at |w|."""
    norm, step = 3.0, 0.01
    slope = (_profile(penalty, norm + step) - _profile(penalty, norm - step)) / (2.0 * step)
    _, gradient = _value_and_gradient(penalty, keras.Variable(_direction(norm)))
    expected = penalty.weight * penalty.every * slope * _direction(1.0)
    np.testing.assert_allclose(gradient, expected, rtol=1e-2, atol=1e-3)


def check_shape(penalty):
    """One number an example, float32 and not negative, for critics that put out (b,), (b, 1) and maps of scores."""
    critics = (
        lambda images: ops.sum(images, axis=(1, 2, 3)),
        lambda images: ops.sum(ops.square(images), axis=(1, 2, 3))[:, None],
        lambda images: ops.sin(images[..., :1]),
    )
    for critic in critics:
        values = penalty(critic, *_images(), seed=1)
        assert tuple(values.shape) == SHAPE[:1], f"Expected shape {SHAPE[:1]}, received {tuple(values.shape)}"
        assert keras.backend.standardize_dtype(values.dtype) == "float32", f"{values.dtype}"
        assert np.all(ops.convert_to_numpy(values) >= 0.0), f"negative: {ops.convert_to_numpy(values)}"


def check_weight_is_a_factor(penalty):
    """Twice the weight is twice the penalty, and evaluating each k-th time multiplies it by k."""
    once = _evaluate(penalty, _curved)
    for change in ({"weight": 2.0 * penalty.weight}, {"every": 2 * penalty.every}):
        twice = type(penalty).from_config({**penalty.get_config(), **change})
        np.testing.assert_allclose(_evaluate(twice, _curved), 2.0 * once, rtol=1e-5)


def check_seed_decides(penalty):
    """Equal seeds give equal penalties, so that a resumed run goes on as the one that was stopped."""
    np.testing.assert_array_equal(_evaluate(penalty, _curved), _evaluate(penalty, _curved))


def _images():
    """Real and generated images, from N(0, 1) and N(1, 1)."""
    draw = np.random.default_rng(0)
    return tuple(ops.convert_to_tensor(draw.normal(mean, size=SHAPE), dtype="float32") for mean in (0.0, 1.0))


def _direction(norm):
    """A weight vector of the given norm."""
    vector = np.random.default_rng(1).normal(size=SHAPE[1:])
    return (norm * vector / np.linalg.norm(vector)).astype("float32")


def _linear(weight):
    return lambda images: ops.sum(images * weight, axis=(1, 2, 3))


def _curved(images):
    """A critic whose gradient differs from image to image."""
    return ops.sum(ops.square(images), axis=(1, 2, 3))


def _evaluate(penalty, critic):
    return ops.convert_to_numpy(penalty(critic, *_images(), seed=1))


def _profile(penalty, norm):
    return float(ops.convert_to_numpy(penalty.profile(ops.convert_to_tensor(norm, dtype="float32"))))


def _value_and_gradient(penalty, weight):
    """The mean penalty of the linear critic with the variable `weight`, and its gradient (zero if unconnected)."""
    value, (gradient,) = backend.value_and_gradients(
        lambda: ops.mean(penalty(_linear(weight), *_images(), seed=1)), [weight]
    )
    gradient = ops.zeros_like(weight) if gradient is None else gradient
    return float(ops.convert_to_numpy(value)), ops.convert_to_numpy(gradient)
