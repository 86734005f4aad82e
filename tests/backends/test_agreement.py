"""The three backends agree: run by `make test-backends` in environments with JAX and with PyTorch."""

import os
import subprocess
import sys

import keras
import numpy as np
import pytest
from one_step import new_weights

from keras_gans import registry

REFERENCE = os.environ.get("KERAS_GANS_REFERENCE")


@pytest.mark.skipif(REFERENCE is None, reason="needs KERAS_GANS_REFERENCE, the weights that TensorFlow gets")
@pytest.mark.parametrize("name", registry.names("game"))
def test_one_step_equals_the_one_on_tensorflow(name):
    reference = np.load(REFERENCE)
    for key, weight in new_weights(name).items():
        np.testing.assert_allclose(weight, reference[key], rtol=1e-4, atol=1e-6, err_msg=key)


@pytest.mark.skipif(keras.backend.backend() == "tensorflow", reason="TensorFlow is the backend")
def test_training_on_arrays_loads_no_tensorflow():
    code = (
        "import sys; sys.modules['tensorflow'] = None\n"
        "import keras_gans, keras_gans.testing.tiny as tiny\n"
        "model = tiny.game(keras_gans.WGANGP)\n"
        "model.fit(tiny.images(80), batch_size=8, verbose=0)\n"
        "images, labels = keras_gans.data.arrays('digits')\n"
        "assert images.shape[1:] == (28, 28, 1)\n"
        "assert not [name for name in sys.modules if name.startswith('tensorflow.')]"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_seeds_give_the_same_latents_everywhere():
    """Threefry-2x32's published vectors, and one row of normal latents computed on TensorFlow."""
    from keras_gans.latents import Normal

    row = keras.ops.convert_to_numpy(Normal().from_seeds([0, 1], 3))
    expected = [[-0.8404423, 0.01852194, 0.99488103], [-1.3198569, 0.15109421, -0.14259383]]
    np.testing.assert_allclose(row, expected, rtol=1e-5, atol=1e-6)
