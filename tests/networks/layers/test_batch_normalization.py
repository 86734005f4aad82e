import keras
import numpy as np
import pytest
from keras import ops

from keras_gans import backend
from keras_gans.networks import layers as ours

RANDOM = np.random.default_rng(0)
INPUTS = {
    "vectors": RANDOM.normal(1.0, 2.0, (6, 5)).astype("float32"),
    "maps": RANDOM.normal(1.0, 2.0, (6, 4, 3, 5)).astype("float32"),
    "sequences": RANDOM.normal(1.0, 2.0, (6, 4, 5)).astype("float32"),
}
OPTIONS = {"momentum": 0.8, "epsilon": 0.01, "gamma_initializer": "random_normal", "beta_initializer": "random_normal"}


def twins(inputs, **options):
    layers = [module.BatchNormalization(**{**OPTIONS, **options}) for module in (ours, keras.layers)]
    for layer in layers:
        layer.build(inputs.shape)
    layers[1].set_weights(layers[0].get_weights())
    return layers


def numpy(tensors):
    return [ops.convert_to_numpy(ops.cast(tensor, "float32")) for tensor in tensors]


def everything_of(layer, inputs, targets):
    """Outputs, gradients once and twice, and the weights after three updates of the moving averages."""

    def called(x):
        return layer(x, training=True) * targets

    def loss():
        slope = backend.input_gradient(lambda x: called(x) ** 2, inputs)
        return ops.sum(called(inputs)) + ops.sum(slope**2)

    outputs, slope = called(inputs), backend.input_gradient(called, inputs)
    value, gradients = backend.value_and_gradients(loss, layer.trainable_variables)
    return numpy([outputs, value, slope, *gradients, *layer.weights, layer(inputs, training=False)])


@pytest.mark.parametrize("options", [{}, {"center": False}, {"scale": False}, {"axis": 1}], ids=str)
@pytest.mark.parametrize("kind", INPUTS)
def test_results_gradients_and_moving_averages_are_those_of_keras(kind, options):
    inputs = ops.convert_to_tensor(INPUTS[kind])
    targets = ops.convert_to_tensor(RANDOM.normal(size=inputs.shape).astype("float32"))
    found = [everything_of(layer, inputs, targets) for layer in twins(inputs, **options)]
    for mine, theirs in zip(*found, strict=True):
        np.testing.assert_allclose(mine, theirs, rtol=2e-4, atol=2e-5)


@pytest.mark.parametrize("policy", ["mixed_bfloat16", "mixed_float16"])
def test_statistics_stay_float32_in_mixed_precision(policy):
    inputs = INPUTS["maps"].astype("float16") + 100
    mine, theirs = twins(inputs, dtype=policy)
    outputs = [layer(inputs, training=True) for layer in (mine, theirs)]
    assert keras.backend.standardize_dtype(outputs[0].dtype) == policy.removeprefix("mixed_")
    assert {weight.dtype for weight in mine.weights} == {"float32"}
    np.testing.assert_allclose(*numpy(outputs), rtol=0.02, atol=0.05)
    for one, other in zip(mine.weights, theirs.weights, strict=True):
        np.testing.assert_allclose(*numpy([one, other]), rtol=1e-3)


@pytest.mark.skipif(backend.fused_batch_normalization is None, reason="no operation for it on this backend")
def test_one_operation_serves_training_alone(monkeypatch):
    mine, _ = twins(INPUTS["maps"])
    called = []
    keras_call = keras.layers.BatchNormalization.call
    monkeypatch.setattr(
        keras.layers.BatchNormalization, "call", lambda *args, **kwargs: called.append(1) or keras_call(*args, **kwargs)
    )
    mine(INPUTS["maps"], training=True)
    assert not called
    mine(INPUTS["maps"], training=False)
    mine.trainable = False
    before = numpy(mine.weights)
    mine(INPUTS["maps"], training=True)
    assert len(called) == 2
    for was, now in zip(before, numpy(mine.weights), strict=True):
        np.testing.assert_array_equal(was, now)


def test_replicas_that_share_a_batch_are_left_to_keras(monkeypatch):
    mine, _ = twins(INPUTS["maps"])
    mine.synchronized = True
    called = []
    monkeypatch.setattr(keras.layers.BatchNormalization, "call", lambda self, inputs, **_: called.append(1) or inputs)
    mine(INPUTS["maps"], training=True)
    assert called


def test_a_single_vector_is_its_own_mean():
    mine, theirs = twins(INPUTS["vectors"])
    outputs = [layer(INPUTS["vectors"][:1], training=True) for layer in (mine, theirs)]
    np.testing.assert_allclose(*numpy(outputs), atol=1e-6)
    np.testing.assert_allclose(*numpy([mine.moving_variance, theirs.moving_variance]), atol=1e-6)
