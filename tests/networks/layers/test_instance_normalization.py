import numpy as np
from keras import ops

from keras_gans.networks.layers import InstanceNormalization

MAPS = np.random.default_rng(0).normal(3, 2, size=(2, 5, 4, 3)).astype("float32")


def test_every_channel_of_every_image_by_its_own_statistics():
    layer = InstanceNormalization(epsilon=1e-3)
    layer.build(MAPS.shape)
    layer.gamma.assign([1.0, 2, 3])
    layer.beta.assign([0.0, 0, 1])
    mean, variance = MAPS.mean(axis=(1, 2), keepdims=True), MAPS.var(axis=(1, 2), keepdims=True)
    expected = (MAPS - mean) / np.sqrt(variance + 1e-3) * [1, 2, 3] + [0, 0, 1]
    np.testing.assert_allclose(ops.convert_to_numpy(layer(MAPS)), expected, rtol=1e-4, atol=1e-5)


def test_two_pixels_by_hand():
    layer = InstanceNormalization(epsilon=0.0, center=False, scale=False)
    outputs = layer(np.array([[[[1.0], [5.0]]]], "float32"))
    np.testing.assert_allclose(ops.convert_to_numpy(outputs), [[[[-1], [1]]]], rtol=1e-6)
