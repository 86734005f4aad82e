import keras
import numpy as np
from keras import ops

from keras_gans.networks import is_batch_coupled
from keras_gans.networks.layers import DropReference, PrependReference, VirtualBatchNormalization

MAPS = np.random.default_rng(0).normal(1, 2, size=(7, 3, 4, 2)).astype("float32")


def normalized(values, over):
    mean, variance = over.mean(axis=(0, 1, 2)), over.var(axis=(0, 1, 2))
    return (values - mean) / np.sqrt(variance + 1e-5)


def test_statistics_are_those_of_the_reference_batch_with_the_current_example():
    layer = VirtualBatchNormalization(4)
    layer.build(MAPS.shape)
    layer.gain.assign([1.0, 3.0])
    layer.bias.assign([0.5, 0.0])
    outputs = ops.convert_to_numpy(layer(MAPS))
    reference = MAPS[:4]
    expected = [normalized(row, reference) for row in reference]
    expected += [normalized(row, np.concatenate([reference, row[None]])) for row in MAPS[4:]]
    np.testing.assert_allclose(outputs, np.stack(expected) * [1, 3] + [0.5, 0], rtol=1e-4, atol=1e-5)


def test_rows_of_features():
    rows = MAPS[:, 0, 0]
    layer = VirtualBatchNormalization(4)
    layer.build(rows.shape)
    layer.gain.assign([1.0, 1.0])
    expected = normalized(rows[5], np.concatenate([rows[:4], rows[5:6]])[:, None, None])
    np.testing.assert_allclose(ops.convert_to_numpy(layer(rows))[5], expected, rtol=1e-4)


def make_network():
    latents = keras.Input((3,))
    x = PrependReference(5)(latents)
    x = VirtualBatchNormalization(5)(keras.layers.Dense(4)(x))
    return keras.Model(latents, DropReference(5)(x))


def test_a_network_with_a_reference_batch_keeps_its_rows_apart():
    network = make_network()
    rows = MAPS[:, 0, :, 0][:, :3]
    together = ops.convert_to_numpy(network(rows, training=True))
    alone = np.concatenate([ops.convert_to_numpy(network(row[None], training=True)) for row in rows])
    assert together.shape == (7, 4)
    np.testing.assert_allclose(alone, together, rtol=1e-4, atol=1e-5)
    assert not is_batch_coupled(network)


def test_reference_is_saved_with_the_network(tmp_path):
    first, second = make_network(), make_network()
    first.layers[1].reference.assign(np.ones((5, 3)))
    first.save_weights(tmp_path / "network.weights.h5")
    second.load_weights(tmp_path / "network.weights.h5")
    np.testing.assert_array_equal(ops.convert_to_numpy(second.layers[1].reference.value), np.ones((5, 3)))
    assert not first.layers[1].trainable_variables
