import numpy as np
from keras import ops

from keras_gans.networks.layers import PixelNormalization


def test_every_places_features_get_a_root_mean_square_of_one():
    inputs = np.array([[[[3.0, 4], [0, 0]]]], "float32")
    outputs = ops.convert_to_numpy(PixelNormalization()(inputs))
    np.testing.assert_allclose(outputs, [[[[3 / 12.5**0.5, 4 / 12.5**0.5], [0, 0]]]], rtol=1e-6)
    rows = ops.convert_to_numpy(PixelNormalization()(inputs[0, 0]))
    np.testing.assert_allclose(rows, outputs[0, 0], rtol=1e-6)
