"""What holds for every layer of the package: shapes, configs, files, mixed precision, compiled training steps."""

import json

import keras
import numpy as np
import pytest
from keras import ops

from keras_gans.networks import layers as ours

CASES = {
    "BatchNormalization": (lambda: ours.BatchNormalization(momentum=0.5), (4, 4, 8)),
    "ConditionalBatchNormalization": (lambda: ours.ConditionalBatchNormalization(3, momentum=0.5), (4, 4, 8)),
    "Conv2DTranspose": (lambda: ours.Conv2DTranspose(3, 5, strides=2, padding="same"), (4, 4, 8)),
    "DropReference": (lambda: ours.DropReference(1), (4, 4, 8)),
    "Dropout": (lambda: ours.Dropout(0.25, seed=1), (4, 4, 8)),
    "EqualizedLearningRate": (lambda: ours.EqualizedLearningRate(keras.layers.Conv2D(3, 3), gain=1.5), (4, 4, 8)),
    "InstanceNormalization": (lambda: ours.InstanceNormalization(epsilon=0.1, center=False), (4, 4, 8)),
    "LeakyReLU": (lambda: ours.LeakyReLU(0.2), (4, 4, 8)),
    "Maxout": (lambda: ours.Maxout(4), (4, 4, 8)),
    "MinibatchDiscrimination": (lambda: ours.MinibatchDiscrimination(4, 3), (8,)),
    "MinibatchStandardDeviation": (lambda: ours.MinibatchStandardDeviation(2), (4, 4, 8)),
    "PixelNormalization": (lambda: ours.PixelNormalization(epsilon=1e-3), (4, 4, 8)),
    "PixelShuffle": (lambda: ours.PixelShuffle(2), (4, 4, 8)),
    "PrependReference": (lambda: ours.PrependReference(2), (4, 4, 8)),
    "SelfAttention": (lambda: ours.SelfAttention(pooling=False), (4, 4, 8)),
    "SpectralNormalization": (lambda: ours.SpectralNormalization(keras.layers.Conv2DTranspose(3, 4, 2)), (4, 4, 8)),
    "VirtualBatchNormalization": (lambda: ours.VirtualBatchNormalization(2, epsilon=1e-3), (4, 4, 8)),
}


@pytest.fixture(params=CASES)
def case(request):
    make, shape = CASES[request.param]
    keras.utils.set_random_seed(0)
    x = np.random.default_rng(0).normal(size=(4, *shape)).astype("float32")
    inputs = [x, np.array([0, 1, 2, 1])] if "Conditional" in request.param else x
    return make, inputs


def network_of(make, inputs):
    symbols = [keras.Input(array.shape[1:], dtype=array.dtype.name) for array in _as_list(inputs)]
    symbols = symbols if isinstance(inputs, list) else symbols[0]
    return keras.Model(symbols, make()(symbols))


def _as_list(inputs):
    return inputs if isinstance(inputs, list) else [inputs]


def call(network, inputs, training=False):
    return ops.convert_to_numpy(ops.cast(network(inputs, training=training), "float32"))


def test_every_layer_of_the_package_is_here():
    assert set(CASES) == set(ours.__all__)


def test_declared_shape_is_the_computed_one(case):
    network = network_of(*case)
    assert call(network, case[1]).shape[1:] == network.output_shape[1:]


def test_config_round_trip(case):
    layer = case[0]()
    config = json.loads(json.dumps(layer.get_config()))
    assert type(layer).from_config(config).get_config() == layer.get_config()


def test_file_gives_back_the_outputs(case, tmp_path):
    network = network_of(*case)
    call(network, case[1], training=True)
    network.save(tmp_path / "network.keras")
    loaded = keras.saving.load_model(tmp_path / "network.keras")
    np.testing.assert_allclose(call(loaded, case[1]), call(network, case[1]), rtol=1e-6, atol=1e-7)


def test_mixed_precision_computes_nearly_the_same_with_float32_weights(case):
    make, inputs = case
    exact = network_of(make, inputs)
    policy = keras.config.dtype_policy()
    keras.config.set_dtype_policy("mixed_bfloat16")
    try:
        mixed = network_of(make, inputs)
    finally:
        keras.config.set_dtype_policy(policy)
    mixed.set_weights(exact.get_weights())
    expected = call(exact, inputs, training=True)
    assert keras.backend.standardize_dtype(mixed(inputs).dtype) == mixed.output.dtype == "bfloat16"
    np.testing.assert_allclose(call(mixed, inputs, training=True), expected, rtol=0.05, atol=0.05)
    assert {weight.dtype for weight in mixed.weights} <= {"float32"}


@pytest.mark.filterwarnings("ignore:The model does not have any trainable weights")
def test_compiled_training_step_moves_the_trainable_weights(case):
    make, inputs = case
    network = network_of(make, inputs)
    network.compile("sgd", "mse", jit_compile=False)
    target = np.random.default_rng(1).normal(size=call(network, inputs).shape).astype("float32")
    before = [np.array(ops.convert_to_numpy(weight.value)) for weight in network.trainable_variables]
    loss = network.train_on_batch(inputs, target)
    assert np.isfinite(loss)
    for weight, value in zip(network.trainable_variables, before, strict=True):
        moved = np.abs(ops.convert_to_numpy(weight.value) - value).max() > 0
        assert moved or "self_attention" in weight.path, weight.path  # gamma = 0 hides the attention's convolutions
