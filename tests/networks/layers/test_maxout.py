import numpy as np
import pytest
from keras import ops

from keras_gans.networks.layers import Maxout


def test_the_largest_of_each_units_pieces():
    inputs = np.array([[1.0, 5, 2, -3, -1, -2], [0, 0, 7, 8, 9, 1]], "float32")
    np.testing.assert_array_equal(ops.convert_to_numpy(Maxout(3)(inputs)), [[2, 5], [9, 8]])
    np.testing.assert_array_equal(ops.convert_to_numpy(Maxout(2)(inputs[None])), [[[1, 5, 2], [8, 9, 7]]])


def test_a_last_axis_that_does_not_divide_is_refused():
    with pytest.raises(ValueError, match="multiple of pieces=4, received"):
        Maxout(4)(np.zeros((2, 6), "float32"))
