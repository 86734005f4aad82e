"""What the signatures of a game are, and what they refuse."""

import keras
import numpy as np
import pytest
import tensorflow as tf

import keras_gans
from keras_gans import networks
from keras_gans.exports.signatures import GameSignatures
from keras_gans.latents import Truncated
from keras_gans.networks.layers import MinibatchDiscrimination
from keras_gans.testing import tiny


def signatures(model):
    return {signature.name: signature for signature in GameSignatures(model).listed()}


def answer(model, name, *inputs, most_rows=16):
    """The first output of a signature's graph."""
    outputs = signatures(model)[name].traced(most_rows)(*map(tf.constant, inputs))
    return next(iter(outputs.values())).numpy()


def test_images_have_all_signatures(game):
    assert list(signatures(game)) == ["serving_default", "sample", "generate", "sample_png", "score"]


@pytest.mark.parametrize("rows", [17, 100_000])
@pytest.mark.parametrize("name", ["sample", "sample_png", "generate", "score"])
def test_too_many_rows_are_refused(game, name, rows):
    (wanted,) = signatures(game)[name].inputs
    message = rf"Expected at most 16 rows in a request, received:\] \[{rows}\]"
    with pytest.raises(tf.errors.InvalidArgumentError, match=message):
        answer(game, name, np.zeros((rows, *wanted.shape), wanted.dtype))


def test_negative_seeds_are_refused(game):
    with pytest.raises(tf.errors.InvalidArgumentError, match=r"Expected seed of at least 0, received:\] \[-3\]"):
        answer(game, "sample", np.array([1, -3, 5]))


def test_no_rows_give_no_rows(game):
    assert answer(game, "sample", np.zeros(0, "int64")).shape == (0, *tiny.IMAGE_SHAPE)


@pytest.fixture(scope="module")
def conditional():
    return tiny.game(keras_gans.models.ConditionalGAN)


def test_labels_are_inputs_where_the_players_take_them(conditional):
    offered = signatures(conditional)
    assert [wanted.name for wanted in offered["sample"].inputs] == ["seed", "label"]
    assert [wanted.name for wanted in offered["generate"].inputs] == ["latents", "label"]
    assert [wanted.name for wanted in offered["score"].inputs] == ["images", "label"]
    labels = np.array([2, 0, 2], "int32")
    images = answer(conditional, "sample", np.array([4, 5, 4]), labels)
    np.testing.assert_array_equal(images, conditional.sample(seeds=[4, 5, 4], labels=labels))
    np.testing.assert_array_equal(images[0], images[2])
    assert answer(conditional, "score", tiny.images(3), labels).shape == (3,)


def test_scores_are_one_of_several_outputs():
    model = tiny.game(keras_gans.models.SemiSupervisedGAN)
    judged = model.named(model.discriminator(tiny.images(3), training=False))
    np.testing.assert_allclose(answer(model, "score", tiny.images(3)), judged["scores"][:, 0], atol=1e-5)


def test_packs_of_images_are_not_scored():
    assert "score" not in signatures(tiny.game(keras_gans.models.PacGAN))


@pytest.mark.parametrize("label", [-1, 3])
def test_other_labels_are_refused(conditional, label):
    message = rf"Expected label in 0..2, received:\] \[{label}\]"
    with pytest.raises(tf.errors.InvalidArgumentError, match=message):
        answer(conditional, "sample", np.array([4, 5]), np.array([0, label], "int32"))


def test_inputs_of_different_lengths_are_refused(conditional):
    with pytest.raises(tf.errors.InvalidArgumentError, match="Expected as many rows of label as of seed"):
        answer(conditional, "sample", np.array([4, 5]), np.array([0], "int32"))


def truncated(threshold):
    keras.utils.set_random_seed(0)
    return keras_gans.NSGAN(tiny.generator(), tiny.discriminator(), latents=Truncated(threshold))


def test_truncated_latents_take_a_threshold_per_row():
    model, seeds = truncated(2.0), np.array([3, 3, 8])
    images = answer(model, "sample", seeds, np.array([2.0, 0.5, 0.5], "float32"))
    wide, narrow = model.sample(seeds=seeds), truncated(0.5).sample(seeds=seeds)
    np.testing.assert_array_equal(images, [wide[0], narrow[1], narrow[2]])
    assert np.any(images[0] != images[1])


@pytest.mark.parametrize("threshold", [0.0, -1.0, 2.5, np.nan, np.inf])
def test_other_thresholds_are_refused(threshold):
    with pytest.raises(tf.errors.InvalidArgumentError, match="Expected truncation above 0 and at most 2.0, received:"):
        answer(truncated(2.0), "sample", np.array([1]), np.array([threshold], "float32"))


def test_flat_data_are_floats_and_no_pictures():
    family = networks.MLP
    model = keras_gans.NSGAN(
        family.generator(image_shape=(2,), latent_dim=3, hidden=(4,)), family.discriminator(image_shape=(2,))
    )
    assert list(signatures(model)) == ["serving_default", "sample", "generate", "score"]
    points = answer(model, "sample", np.arange(5))
    assert points.dtype == np.float32
    np.testing.assert_allclose(points, model.sample(5), atol=1e-5)


def test_a_discriminator_that_compares_rows_is_not_offered():
    layers = [keras.Input(tiny.IMAGE_SHAPE), keras.layers.Flatten(), MinibatchDiscrimination(), keras.layers.Dense(1)]
    model = keras_gans.NSGAN(tiny.generator(), keras.Sequential(layers))
    assert "score" not in signatures(model)


def test_a_map_of_scores_becomes_one_score_per_image():
    patches = keras.Sequential([keras.Input(tiny.IMAGE_SHAPE), keras.layers.Conv2D(1, 3)])
    model = keras_gans.NSGAN(tiny.generator(), patches)
    images = tiny.images(3)
    expected = np.asarray(patches(images)).mean(axis=(1, 2, 3))
    np.testing.assert_allclose(answer(model, "score", images), expected, atol=1e-5)
