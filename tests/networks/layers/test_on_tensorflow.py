"""What TensorFlow alone has: batches of unknown size, XLA and replicas."""

import subprocess
import sys

import keras
import numpy as np
import pytest
from keras import ops

from keras_gans.networks.layers import (
    MinibatchDiscrimination,
    MinibatchStandardDeviation,
    SelfAttention,
    SpectralNormalization,
    VirtualBatchNormalization,
)

tf = pytest.importorskip("tensorflow")
if keras.backend.backend() != "tensorflow":
    pytest.skip("needs TensorFlow as the backend", allow_module_level=True)

MAPS = np.random.default_rng(0).normal(size=(6, 4, 4, 8)).astype("float32")
CASES = {
    "minibatch_discrimination": (lambda: MinibatchDiscrimination(3), MAPS[:, 0, 0]),
    "minibatch_standard_deviation": (MinibatchStandardDeviation, MAPS),
    "self_attention": (SelfAttention, MAPS),
    "spectral_normalization": (lambda: SpectralNormalization(keras.layers.Conv2D(3, 3)), MAPS),
    "virtual_batch_normalization": (lambda: VirtualBatchNormalization(2), MAPS),
}


@pytest.mark.parametrize("jit_compile", [False, True])
@pytest.mark.parametrize("name", CASES)
def test_compiled_equals_eager(name, jit_compile):
    make, inputs = CASES[name]
    layer = make()
    expected = ops.convert_to_numpy(layer(inputs, training=False))
    # XLA knows all sizes; the plain graph is traced for any number of rows.
    shape = inputs.shape if jit_compile else (None, *inputs.shape[1:])
    signature = [tf.TensorSpec(shape, "float32")]
    compiled = tf.function(lambda x: layer(x, training=False), input_signature=signature, jit_compile=jit_compile)
    np.testing.assert_allclose(compiled(inputs), expected, rtol=1e-4, atol=1e-5)


REPLICAS = """
import os
os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", CUDA_VISIBLE_DEVICES="-1")
import tensorflow as tf
cpu = tf.config.list_physical_devices("CPU")[0]
tf.config.set_logical_device_configuration(cpu, [tf.config.LogicalDeviceConfiguration()] * 2)
import keras
import numpy as np
from keras_gans.networks import layers as ours

keras.config.set_dtype_policy("mixed_bfloat16")
MAPS = np.random.default_rng(0).normal(size=(8, 8, 8, 3)).astype("float32")
LABELS = np.arange(8) % 3
TARGETS = np.ones((8, 1), "float32")

def make():
    keras.utils.set_random_seed(0)
    maps, labels = keras.Input((8, 8, 3)), keras.Input((), dtype="int32")
    x = ours.SpectralNormalization(keras.layers.Conv2D(8, 3, padding="same"))(maps)
    x = ours.SelfAttention()(ours.ConditionalBatchNormalization(3)([x, labels]))
    x = ours.PixelShuffle(2)(ours.PixelNormalization()(ours.InstanceNormalization()(x)))
    x = ours.EqualizedLearningRate(keras.layers.Conv2D(4, 4, 4))(ours.MinibatchStandardDeviation(2)(x))
    x = ours.MinibatchDiscrimination(3)(ours.Maxout(2)(keras.layers.Flatten()(x)))
    x = ours.DropReference(2)(ours.VirtualBatchNormalization(2)(ours.PrependReference(2)(x)))
    model = keras.Model([maps, labels], keras.layers.Dense(1, dtype="float32")(x))
    model.compile(keras.optimizers.SGD(0.01), "mse")
    return model

with tf.distribute.MirroredStrategy(["CPU:0", "CPU:1"]).scope():
    mirrored = make()
single = make()
single.set_weights([weight.numpy() for weight in mirrored.weights])
for model in (mirrored, single):
    history = model.fit([MAPS, LABELS], TARGETS, batch_size=8, epochs=1, verbose=0)
    assert np.isfinite(history.history["loss"]).all(), history.history

for variable in mirrored.variables:
    if "moving_" not in variable.path:  # Keras' BatchNormalization keeps one moving average per replica
        first, second = (part.numpy() for part in variable.value.values)
        np.testing.assert_array_equal(first, second, err_msg=variable.path)
pairs = [(a.numpy(), b.numpy()) for a, b in zip(mirrored.variables, single.variables) if a.name == "u"]
assert len(pairs) == 5
for of_replicas, of_one_device in pairs:
    np.testing.assert_allclose(of_replicas, of_one_device, rtol=1e-5, atol=1e-6)
print("replicas agree")
"""


def test_two_replicas_keep_equal_state_in_mixed_precision():
    """In a process of its own: devices can be split only before TensorFlow starts."""
    result = subprocess.run([sys.executable, "-c", REPLICAS], capture_output=True, text=True)
    assert "replicas agree" in result.stdout, result.stderr[-3000:]
