import numpy as np
import pytest
from keras import ops

from keras_gans.networks.layers import MinibatchStandardDeviation


def test_deviation_of_each_group_by_hand():
    inputs = np.zeros((4, 2, 1, 1), "float32")
    inputs[:, 0, 0, 0] = [0, 1, 2, 7]  # groups of two take every second row: (0, 2) and (1, 7)
    outputs = ops.convert_to_numpy(MinibatchStandardDeviation(group_size=2)(inputs))
    # deviations 1 and 3 at the first place, 0 at the second: means 1/2 and 3/2
    expected = np.array([0.5, 1.5, 0.5, 1.5])
    np.testing.assert_allclose(outputs[..., 1], np.broadcast_to(expected[:, None, None], (4, 2, 1)), atol=1e-3)
    np.testing.assert_array_equal(outputs[..., :1], inputs)


@pytest.mark.parametrize("batch, size", [(8, 4), (4, 4), (3, 3), (6, 3), (5, 1)])
def test_group_size_is_the_largest_divisor_of_the_batch(batch, size):
    values = np.random.default_rng(0).normal(size=(batch, 1, 1, 1)).astype("float32")
    deviations = values.reshape(size, -1).std(axis=0)
    outputs = ops.convert_to_numpy(MinibatchStandardDeviation()(values))[:, 0, 0, 1]
    np.testing.assert_allclose(outputs, np.tile(deviations, size), rtol=1e-4, atol=2e-4)
