"""Two worker processes on loopback: they equal one device, and go on after one of them was killed."""

import json
import os
import signal
import socket
import subprocess
import sys
import time

import numpy as np

# Every worker takes its share of each batch; both shares hold the same images and all rows of random numbers are
# equal, so that a worker computes what one device computes on the whole batch.
SCRIPT = """
import os, sys, time
folder, steps, pause = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
from keras_gans import distribution
if "TF_CONFIG" in os.environ:
    import tensorflow as tf
    strategy = tf.distribute.MultiWorkerMirroredStrategy()
else:
    strategy = distribution.strategy("none")
from unittest import mock
import keras, numpy as np, tensorflow as tf, keras_gans
from keras_gans import callbacks, registry
from keras_gans.testing import tiny

def fixed(draw):
    def numbers(shape, seed=None, **options):
        last = draw(np.random.default_rng(0), int(shape[-1])).astype("float32")
        return tf.broadcast_to(tf.constant(last), tf.stack(list(shape)))
    return numbers

class Slow(keras.callbacks.Callback):
    def on_train_batch_end(self, batch, logs=None): time.sleep(pause)

normal, uniform = fixed(lambda rng, size: rng.normal(size=size)), fixed(lambda rng, size: rng.uniform(size=size))
with mock.patch.object(keras.random, "normal", normal), mock.patch.object(keras.random, "uniform", uniform):
    for name in sys.argv[4:]:
        with strategy.scope():
            game = tiny.game(registry.lookup("game", name), generator_batch_normalization=False, ema_momentum=0.9)
        rows = tf.data.Dataset.from_tensor_slices(tiny.batch(game)).repeat(2 * game.discriminator_steps * steps)
        data = rows.batch(16 * game.discriminator_steps, drop_remainder=True)
        options = tf.data.Options()
        options.experimental_distribute.auto_shard_policy = tf.data.experimental.AutoShardPolicy.OFF
        resume = callbacks.Resume(f"{folder}/{name}", every_steps=2, every_seconds=None)
        game.fit(data.with_options(options), epochs=2, verbose=0, callbacks=[Slow(), resume])
        if distribution.is_chief():
            weights = [*game.get_weights(), *game.averaged_generator().get_weights()]
            np.savez(f"{folder}/{name}.npz", *weights)
"""


def _start(folder, games, workers, steps=3, pause=0.0):
    os.makedirs(folder, exist_ok=True)
    ports = [_free_port() for _ in range(workers)]
    processes = []
    for index in range(workers):
        environment = {key: value for key, value in os.environ.items() if key != "TF_CONFIG"}
        if workers > 1:
            cluster = {"worker": [f"localhost:{port}" for port in ports]}
            environment["TF_CONFIG"] = json.dumps({"cluster": cluster, "task": {"type": "worker", "index": index}})
        command = [sys.executable, "-c", _EARLY + SCRIPT, str(folder), str(steps), str(pause), *games]
        processes.append(subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True))
    return processes


# Or `from keras_gans import distribution` would load Keras, which starts the runtime.
_EARLY = "import os\nif 'TF_CONFIG' in os.environ:\n    import sys; sys.argv[0] = 'keras-gans'\n"


def _free_port():
    with socket.socket() as server:
        server.bind(("localhost", 0))
        return server.getsockname()[1]


def _finish(processes):
    for process in processes:
        _, errors = process.communicate(timeout=300)
        assert process.returncode == 0, errors[-2000:]


def _weights(folder, name):
    with np.load(folder / f"{name}.npz") as file:
        return list(file.values())


def test_two_workers_equal_one_device(tmp_path):
    games = ["ns_gan", "wgan_gp"]
    two, one = _start(tmp_path / "two", games, workers=2), _start(tmp_path / "one", games, workers=1)
    _finish([*two, *one])
    for name in games:
        for a, b in zip(_weights(tmp_path / "one", name), _weights(tmp_path / "two", name), strict=True):
            np.testing.assert_allclose(a, b, rtol=1e-4, atol=1e-6, err_msg=name)


def test_workers_go_on_after_one_was_killed(tmp_path):
    """SIGKILL of the second worker, then both again: the weights are those of workers that nobody killed."""
    whole = _start(tmp_path / "whole", ["ns_gan"], workers=2, steps=6)
    _finish(whole)
    chief, other = _start(tmp_path / "killed", ["ns_gan"], workers=2, steps=6, pause=0.5)
    deadline = time.monotonic() + 200
    while not list((tmp_path / "killed" / "ns_gan").glob("epoch-*")):
        assert chief.poll() is None and other.poll() is None and time.monotonic() < deadline
        time.sleep(0.05)
    other.send_signal(signal.SIGKILL)
    other.wait()
    chief.kill()  # it would wait for the other one, or fail
    chief.wait()
    assert not (tmp_path / "killed" / "ns_gan.npz").exists()
    _finish(_start(tmp_path / "killed", ["ns_gan"], workers=2, steps=6))
    for a, b in zip(_weights(tmp_path / "whole", "ns_gan"), _weights(tmp_path / "killed", "ns_gan"), strict=True):
        np.testing.assert_array_equal(a, b)
