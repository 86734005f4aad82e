import numpy as np
import pytest
from keras import ops

from keras_gans.networks.layers import PixelShuffle


def test_channels_become_blocks_of_places():
    inputs = np.array([[[[1, 2, 3, 4], [5, 6, 7, 8]]]], "float32")
    np.testing.assert_array_equal(ops.convert_to_numpy(PixelShuffle()(inputs))[0, ..., 0], [[1, 2, 5, 6], [3, 4, 7, 8]])


def test_equation_for_every_entry():
    inputs = np.random.default_rng(0).normal(size=(2, 3, 4, 18)).astype("float32")
    outputs = ops.convert_to_numpy(PixelShuffle(3)(inputs))
    assert outputs.shape == (2, 9, 12, 2)
    for i, j, a, b, c in np.ndindex(3, 4, 3, 3, 2):
        np.testing.assert_array_equal(outputs[:, 3 * i + a, 3 * j + b, c], inputs[:, i, j, (3 * a + b) * 2 + c])


def test_channels_that_do_not_divide_are_refused():
    with pytest.raises(ValueError, match="multiple of 4, received"):
        PixelShuffle(2)(np.zeros((1, 2, 2, 6), "float32"))
