"""All tricks at once, on two replicas and in bfloat16: what they remember stays the same on both."""

import subprocess
import sys

import keras
import pytest

if keras.backend.backend() != "tensorflow":
    pytest.skip("needs TensorFlow as the backend", allow_module_level=True)

SCRIPT = """
import keras, numpy as np, tensorflow as tf
cpu = tf.config.list_physical_devices("CPU")
tf.config.set_logical_device_configuration(cpu[0], [tf.config.LogicalDeviceConfiguration()] * 2)
from keras_gans import registry, tricks
from keras_gans.models import NSGAN
from keras_gans.testing import tiny

keras.config.set_dtype_policy("mixed_bfloat16")
instances = {name: registry.get("trick", name) for name in registry.names("trick")}
instances["sparring_partners"] = tricks.SparringPartners(every=1)
instances["feature_matching"] = tricks.FeatureMatching(adversarial_weight=1.0)
past_generators = tricks.SparringPartners(of="generator", every=1, count=2)
with tf.distribute.MirroredStrategy(["CPU:0", "CPU:1"]).scope():
    # Keras keeps the moving statistics of batch normalization on each replica, and snapshots are copies.
    game = tiny.game(NSGAN, generator_batch_normalization=False, tricks=[*instances.values(), past_generators])
state = [variable for layer in game.trick_states for variable in layer.variables]
start = [variable.numpy() for variable in state]
rows = tf.data.Dataset.from_tensor_slices(tiny.images(48)).batch(16, drop_remainder=True)
logs = game.fit(rows, epochs=1, verbose=0).history
assert all(np.isfinite(values).all() for values in logs.values()), logs
for before, variable in zip(start, state):
    first, second = (part.numpy() for part in variable.value.values)
    np.testing.assert_array_equal(first, second, err_msg=variable.path)
    assert not np.array_equal(before, first), variable.path
print(len(state), "variables agree")
"""


def test_two_replicas_remember_the_same():
    """In a process of its own: devices can be split only before TensorFlow starts."""
    result = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True)
    assert "variables agree" in result.stdout, result.stderr[-3000:]
