import keras
import numpy as np
from keras import ops

from keras_gans.networks import is_batch_coupled
from keras_gans.networks.layers import ConditionalBatchNormalization

MAPS = np.random.default_rng(0).normal(3, 2, size=(4, 3, 3, 2)).astype("float32")
LABELS = np.array([1, 0, 1, 2])
GAINS = np.array([[1.0, 1], [2, 3], [0, 5]], "float32")
BIASES = np.array([[0.0, 0], [1, 0], [0, -1]], "float32")


def test_gain_and_bias_are_the_classs():
    layer = ConditionalBatchNormalization(3)
    layer.build((MAPS.shape, LABELS.shape))
    layer.gains.assign(GAINS)
    layer.biases.assign(BIASES)
    mean, variance = MAPS.mean(axis=(0, 1, 2)), MAPS.var(axis=(0, 1, 2))
    expected = (MAPS - mean) / np.sqrt(variance + 1e-5)
    expected = expected * GAINS[LABELS][:, None, None] + BIASES[LABELS][:, None, None]
    np.testing.assert_allclose(
        ops.convert_to_numpy(layer([MAPS, LABELS], training=True)), expected, rtol=1e-4, atol=1e-5
    )

    moved = 0.1 * mean, 0.9 + 0.1 * variance
    expected = (MAPS - moved[0]) / np.sqrt(moved[1] + 1e-5)
    expected = expected * GAINS[LABELS][:, None, None] + BIASES[LABELS][:, None, None]
    np.testing.assert_allclose(ops.convert_to_numpy(layer([MAPS, LABELS])), expected, rtol=1e-3, atol=1e-4)


def test_starts_as_batch_normalization():
    plain = keras.layers.BatchNormalization(epsilon=1e-5, momentum=0.9)
    outputs = ConditionalBatchNormalization(3)([MAPS, LABELS], training=True)
    expected = ops.convert_to_numpy(plain(MAPS, training=True))
    np.testing.assert_allclose(ops.convert_to_numpy(outputs), expected, rtol=1e-5, atol=1e-6)


def test_rows_of_features_and_coupling_in_a_network():
    x, labels = keras.Input((2,)), keras.Input((), dtype="int32")
    network = keras.Model([x, labels], ConditionalBatchNormalization(3)([x, labels]))
    assert network.output_shape == (None, 2)
    assert ops.shape(network([MAPS[:, 0, 0], LABELS])) == (4, 2)
    assert is_batch_coupled(network)
