import numpy as np
import pytest
from PIL import Image

from keras_gans.evaluation import StoredImages, default_split, image_sets
from keras_gans.evaluation.image_sets import ModelSamples, image_set
from keras_gans.models import NSGAN
from keras_gans.testing import tiny


def batches(images, count, batch_size, run=0):
    return np.concatenate(list(images.batches(count, batch_size, run)))


def test_samples_have_consecutive_seeds_over_runs():
    model = tiny.game(NSGAN)
    samples = ModelSamples(model, seed=5, name="mine")
    np.testing.assert_array_equal(batches(samples, 6, batch_size=4, run=1), model.sample(6, seed=11))
    assert samples.describe(6, runs=2) == {"source": "mine", "seeds": [5, 17]}


def test_a_choice_of_stored_images_is_random_but_fixed():
    images = np.arange(40, dtype=np.uint8).reshape(40, 1, 1, 1)
    stored = StoredImages(images)
    chosen = batches(stored, 10, batch_size=3).ravel()
    np.testing.assert_array_equal(chosen, stored.pick(10).ravel())
    assert len(set(chosen)) == 10 and list(chosen) != list(range(10))
    np.testing.assert_array_equal(stored.pick(40), images)


def test_the_digest_is_of_the_content():
    images = np.arange(24, dtype=np.uint8).reshape(6, 2, 2, 1)
    digest = StoredImages(images).digest(6)
    assert digest == StoredImages(images.copy()).digest(6)
    others = [images[::-1], images.reshape(6, 4, 1, 1), images ^ 1]
    assert len({digest, *(StoredImages(other).digest(6) for other in others), StoredImages(images).digest(5)}) == 5


def test_a_large_folder_is_read_a_few_images_at_a_time(tmp_path, monkeypatch):
    pixels = np.random.default_rng(0).integers(0, 256, (5, 4, 4, 1), dtype=np.uint8)
    for index, image in enumerate(pixels):
        Image.fromarray(image[..., 0]).save(tmp_path / f"{index}.png")
    whole = StoredImages(str(tmp_path))
    monkeypatch.setattr(image_sets, "MEMORY_LIMIT", 10)
    streamed = StoredImages(str(tmp_path))
    np.testing.assert_array_equal(batches(streamed, 5, batch_size=2), pixels)
    assert streamed.describe(3, runs=1) == whole.describe(3, runs=1)


def test_stored_images_are_resized():
    assert StoredImages("digits", "test", image_size=14).pick(2).shape == (2, 14, 14, 1)


def test_too_few_images_are_named():
    with pytest.raises(ValueError, match="at least 300 images in the split 'test' of digits, received: 297"):
        StoredImages("digits", "test").pick(300)


def test_stored_images_have_one_run():
    with pytest.raises(ValueError, match="Expected a model for more than one run, received: digits"):
        StoredImages("digits", "test").describe(2, runs=2)


def test_points_are_no_images():
    with pytest.raises(ValueError, match="Expected images, received"):
        StoredImages("ring")


def test_what_is_what():
    stored = StoredImages("digits", "test")
    assert image_set(stored) is stored
    assert isinstance(image_set(tiny.game(NSGAN)), ModelSamples)
    assert image_set("digits", split="test").describe(3, 1) == stored.describe(3, 1)


def test_the_default_split(tmp_path):
    Image.new("L", (4, 4)).save(tmp_path / "a.png")
    assert default_split("digits") == "test"
    assert default_split(str(tmp_path)) == "train"
