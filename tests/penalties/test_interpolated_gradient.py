import keras
import numpy as np
import pytest
from keras import ops

from keras_gans.penalties import InterpolatedGradient


def linear(images):
    return images @ ops.convert_to_tensor([[3.0], [4.0]])


def test_linear_critic():
    # |w| = 5: 10 (5 - 1)^2, whatever the points.
    real, fake = ops.zeros((3, 2)), ops.ones((3, 2))
    np.testing.assert_allclose(ops.convert_to_numpy(InterpolatedGradient()(linear, real, fake)), [160.0] * 3, rtol=1e-5)


def test_one_sided():
    real, fake = ops.zeros((1, 2)), ops.ones((1, 2))
    for target, expected in ((4.0, 1.0), (6.0, 0.0)):
        penalty = InterpolatedGradient(weight=1.0, target=target, one_sided=True)
        np.testing.assert_allclose(ops.convert_to_numpy(penalty(linear, real, fake)), [expected], atol=1e-5)


def test_one_uniform_number_per_example():
    shape = (2000, 2, 3, 1)
    points = ops.convert_to_numpy(
        InterpolatedGradient().points(ops.ones(shape), ops.zeros(shape), keras.random.SeedGenerator(0))
    ).reshape(2000, 6)
    np.testing.assert_array_equal(points, points[:, :1].repeat(6, axis=1))
    mix = points[:, 0]
    assert mix.min() >= 0.0 and mix.max() <= 1.0
    np.testing.assert_allclose(np.quantile(mix, [0.1, 0.5, 0.9]), [0.1, 0.5, 0.9], atol=0.04)


def test_bad_target():
    with pytest.raises(ValueError, match="Expected a gradient norm of at least 0, received: target=-1"):
        InterpolatedGradient(target=-1)
