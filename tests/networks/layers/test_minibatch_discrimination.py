import numpy as np
import pytest
from keras import ops

from keras_gans.networks.layers import MinibatchDiscrimination


def test_sum_of_exponentials_of_distances_by_hand():
    layer = MinibatchDiscrimination(kernels=2, kernel_dim=2)
    layer.build((None, 2))
    layer.kernel.assign([[1.0, 0, 0, 1], [0, 1, 0, 1]])  # M_1 = (a, b), M_2 = (0, a + b)
    inputs = np.array([[0, 0], [1, 0], [1, 2]], "float32")
    distances = np.array([[[0, 1, 3], [1, 0, 2], [3, 2, 0]], [[0, 1, 3], [1, 0, 2], [3, 2, 0]]], "float32")
    closeness = np.exp(-distances).sum(axis=2).T
    outputs = ops.convert_to_numpy(layer(inputs))
    np.testing.assert_allclose(outputs, np.concatenate([inputs, closeness], axis=1), rtol=1e-6)


def test_a_collapsed_batch_is_seen():
    layer = MinibatchDiscrimination(kernels=3)
    inputs = np.random.default_rng(0).normal(size=(5, 40)).astype("float32")
    same = np.repeat(inputs[:1], 5, axis=0)
    np.testing.assert_allclose(ops.convert_to_numpy(layer(same))[:, 40:], np.full((5, 3), 5), rtol=1e-6)
    assert np.all(ops.convert_to_numpy(layer(inputs))[:, 40:] < 4.5)


def test_maps_are_refused():
    with pytest.raises(ValueError, match="put a Flatten before"):
        MinibatchDiscrimination()(np.zeros((2, 3, 3, 1), "float32"))
