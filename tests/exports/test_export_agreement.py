"""The export answers what the Python model computes: in Python, in the C session, in an older TensorFlow."""

import io
import subprocess
import sys

import numpy as np
import pytest
import tensorflow as tf
from PIL import Image

from keras_gans import exports
from keras_gans.exports import graph_checks
from keras_gans.exports.runtime import Runtime
from keras_gans.testing import tiny

SEEDS = [0, 7, 2**40, 2**63 - 1, 7]


@pytest.fixture(scope="module", params=["python", "c"])
def ask(request, exported):
    """Function of a signature's name and inputs -> its outputs, as arrays."""
    if request.param == "python":
        loaded = tf.saved_model.load(str(exported))

        def ask(name, **inputs):
            tensors = {key: tf.constant(value) for key, value in inputs.items()}
            return {key: value.numpy() for key, value in loaded.signatures[name](**tensors).items()}

        yield ask
    else:
        signatures = graph_checks.signatures(graph_checks.read(exported))
        with Runtime(exported) as runtime:
            yield lambda name, **inputs: runtime.call(signatures[name], inputs)


@pytest.mark.parametrize("name", ["serving_default", "sample"])
def test_samples_are_the_python_models(ask, game, name):
    images = ask(name, seed=np.array(SEEDS))["images"]
    assert images.dtype == np.uint8 and images.std() > 1
    np.testing.assert_array_equal(images, game.sample(seeds=SEEDS))


def test_png_files_hold_the_same_samples(ask, game):
    files = ask("sample_png", seed=np.array(SEEDS))["image_bytes"]
    pictures = np.stack([np.asarray(Image.open(io.BytesIO(file))) for file in files])[..., None]
    np.testing.assert_array_equal(pictures, game.sample(seeds=SEEDS))


def test_generated_images_are_the_python_models(ask, game):
    latents = np.random.default_rng(0).normal(size=(5, tiny.LATENT_DIM)).astype("float32")
    images = ask("generate", latents=latents)["images"]
    assert images.dtype == np.float32
    np.testing.assert_allclose(images, game.generate(latents), atol=1e-5)


def test_the_averaged_generator_is_exported(ask, game):
    latents = np.ones((1, tiny.LATENT_DIM), "float32")
    live = np.asarray(game.generator(latents, training=False))
    assert np.abs(ask("generate", latents=latents)["images"] - live).max() > 1e-3


def test_scores_are_the_python_models(ask, game):
    images = tiny.images(5)
    scores = ask("score", images=images)["scores"]
    assert scores.shape == (5,) and scores.dtype == np.float32
    np.testing.assert_allclose(scores, np.asarray(game.discriminator(images, training=False))[:, 0], atol=1e-5)


def test_a_row_does_not_depend_on_its_neighbours(ask):
    together = ask("sample", seed=np.arange(8))["images"]
    for seed in (0, 5):
        np.testing.assert_array_equal(ask("sample", seed=np.array([seed]))["images"][0], together[seed])
    np.testing.assert_array_equal(ask("sample", seed=np.arange(8)[::-1].copy())["images"], together[::-1])


@pytest.mark.slow
def test_the_runtime_of_tensorflow_2_20_agrees(exported, game, tmp_path):
    """The newest released server runs 2.20; the library of that release loads the export."""
    package = ["tensorflow-cpu==2.20.0", "--no-deps", "--quiet", "--target", str(tmp_path)]
    subprocess.run([sys.executable, "-m", "pip", "install", *package], check=True)
    report = exports.verify(exported, package=tmp_path / "tensorflow")
    report.raise_failures()
    with Runtime(exported, package=tmp_path / "tensorflow") as runtime:
        assert runtime.version == "2.20.0"
        signatures = graph_checks.signatures(graph_checks.read(exported))
        images = runtime.call(signatures["sample"], {"seed": np.array(SEEDS)})["images"]
    np.testing.assert_array_equal(images, game.sample(seeds=SEEDS))
