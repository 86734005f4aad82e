"""Two replicas equal one device: optimizers sum over replicas, so that an unscaled mean would double every step."""

import subprocess
import sys

# All rows of latents and noise are equal and each half of a batch holds the same images: a replica then computes what
# one device computes on the whole batch. Without batch normalization, which equal rows would put on the kink of the
# LeakyReLU. One strategy serves all games: TensorFlow keeps the shapes of collectives for the life of the process.
SCRIPT = """
from unittest import mock
import keras, numpy as np, tensorflow as tf
cpu = tf.config.list_physical_devices("CPU")
tf.config.set_logical_device_configuration(cpu[0], [tf.config.LogicalDeviceConfiguration()] * 2)
from keras_gans import registry
from keras_gans.testing import tiny

def fixed(draw):
    def numbers(shape, seed=None, **options):
        last = draw(np.random.default_rng(0), int(shape[-1])).astype("float32")
        return tf.broadcast_to(tf.constant(last), tf.stack(list(shape)))
    return numbers

def train(name, strategy):
    with strategy.scope():
        players = {f"{player}_optimizer": keras.optimizers.SGD(0.05) for player in ("generator", "discriminator")}
        cls = registry.lookup("game", name)
        game = tiny.game(cls, generator_batch_normalization=False, ema_momentum=0.9, **players)
    start = game.get_weights()
    rows = tf.data.Dataset.from_tensor_slices(tiny.batch(game)).repeat(2 * game.discriminator_steps * 3)
    data = rows.batch(16 * game.discriminator_steps, drop_remainder=True)
    game.fit(data, epochs=1, verbose=0)
    assert int(keras.ops.convert_to_numpy(game.generator_optimizer.iterations)) == 3
    assert any(np.abs(a - b).max() > 1e-3 for a, b in zip(start, game.get_weights()))
    return [*game.get_weights(), *game.averaged_generator().get_weights()]

def latents_of_replicas(strategy):
    with strategy.scope():
        game = tiny.game(registry.lookup("game", "ns_gan"))
    drawn = strategy.run(tf.function(lambda: game.sample_inputs(4)))
    return [np.asarray(rows) for rows in strategy.experimental_local_results(drawn)]

one, two = tf.distribute.get_strategy(), tf.distribute.MirroredStrategy(["CPU:0", "CPU:1"])
normal = fixed(lambda rng, size: rng.normal(size=size))
uniform = fixed(lambda rng, size: rng.uniform(size=size))
with mock.patch.object(keras.random, "normal", normal), mock.patch.object(keras.random, "uniform", uniform):
    for name in registry.names("game"):
        for a, b in zip(train(name, one), train(name, two), strict=True):
            np.testing.assert_allclose(a, b, rtol=1e-4, atol=1e-6, err_msg=name)
        print(name)

a, b = latents_of_replicas(two)
assert np.isfinite(a).all() and np.abs(a[:, None] - b[None]).max(axis=-1).min() > 1e-3
"""


def test_two_replicas_equal_one_device():
    result = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True)
    assert result.returncode == 0, result.stderr[-2000:]
    assert len(result.stdout.split()) >= 8
