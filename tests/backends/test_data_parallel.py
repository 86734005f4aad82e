"""JAX: `keras.distribution.DataParallel` over eight devices gives what one device gives."""

import os
import subprocess
import sys

import keras
import numpy as np
import pytest

pytestmark = pytest.mark.skipif(keras.backend.backend() != "jax", reason="a JAX distribution")

GAMES = ["ns_gan", "wgan_gp", "acgan"]
SCRIPT = """
import sys, jax, keras, numpy as np
assert len(jax.devices()) == 8
if sys.argv[1] == "parallel":
    keras.distribution.set_distribution(keras.distribution.DataParallel())
from keras_gans import registry
from keras_gans.testing import tiny
weights = {}
for name in sys.argv[3:]:
    game = tiny.game(registry.lookup("game", name), ema_momentum=0.9)
    data = tiny.batch(game, 32 * game.discriminator_steps)
    images, labels = data if isinstance(data, tuple) else (data, None)
    game.fit(images, labels, batch_size=16, shuffle=False, verbose=0)
    arrays = [*game.get_weights(), *game.averaged_generator().get_weights(), game.sample(2)]
    weights |= {f"{name}/{index}": array for index, array in enumerate(arrays)}
np.savez(sys.argv[2], **weights)
"""


def _train(kind, path):
    environment = {**os.environ, "XLA_FLAGS": "--xla_force_host_platform_device_count=8"}
    command = [sys.executable, "-c", SCRIPT, kind, str(path), *GAMES]
    result = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr[-2000:]
    return np.load(path)


def test_eight_devices_equal_one(tmp_path):
    one, eight = _train("one", tmp_path / "one.npz"), _train("parallel", tmp_path / "eight.npz")
    for key in one:
        np.testing.assert_allclose(eight[key], one[key], rtol=1e-4, atol=1e-6, err_msg=key)
