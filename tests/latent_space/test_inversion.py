"""A generated image leads back to itself, on a generator that has learned something."""

import keras
import numpy as np
import pytest

import keras_gans
from keras_gans import latent_space, runs
from keras_gans.configuration import resolve
from keras_gans.images import to_uint8
from keras_gans.testing import tiny

SETTINGS = ["generator.hidden=[64]", "generator.latent_dim=16", "discriminator.hidden=[32]"]


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    """A perceptron that has seen the embedded digits a few times: strokes, not noise."""
    folder = tmp_path_factory.mktemp("run")
    runs.train(resolve("ns_gan", "mlp", "digits", epochs=4, settings=SETTINGS), folder, verbose=0)
    return keras_gans.load_run(folder)


def similarity(images, others):
    """Structural similarity of uint8 images, `(n,)`."""
    tf = pytest.importorskip("tensorflow")
    return tf.image.ssim(tf.constant(images), tf.constant(others), max_val=255).numpy()


def test_a_generated_image_is_recovered(trained):
    images = trained.sample(4, seed=100)
    # Otherwise any image would do for any other one.
    assert similarity(images, images[::-1]).max() < 0.9
    found = latent_space.invert(trained, images, steps=100, restarts=4)
    np.testing.assert_array_equal(found.images[0], images)
    assert similarity(*found.images).min() > 0.95
    assert found.found.shape == (4, 16) and found.distances.shape == (4,)
    differences = (found.images[0].astype(float) - found.images[1]) / 255
    np.testing.assert_allclose(found.distances, np.square(differences).sum(axis=(1, 2, 3)), atol=0.05)


def test_a_class_is_told_to_the_generator():
    game = tiny.game(keras_gans.ConditionalGAN)
    (embedding,) = (layer for layer in game.generator.layers if isinstance(layer, keras.layers.Embedding))
    embedding.set_weights([60.0 * embedding.get_weights()[0]])
    labels = [2, 0, 1]
    images = game.sample(seeds=[5, 6, 7], labels=labels)
    found = latent_space.invert(game, images, labels, steps=100, restarts=2)
    again, other = (np.asarray(to_uint8(game.generate(found.found, told))) for told in (labels, [0, 1, 2]))
    np.testing.assert_allclose(again.astype(int), images, atol=3)
    assert np.abs(other.astype(int) - images).max() > 10


def test_uniform_latents_stay_in_their_box():
    game = keras_gans.NSGAN(tiny.generator(), tiny.discriminator(), latents="uniform")
    white = np.full((2, *tiny.IMAGE_SHAPE), 255, "uint8")
    assert np.abs(latent_space.invert(game, white, steps=40, restarts=1).found).max() == 1.0
