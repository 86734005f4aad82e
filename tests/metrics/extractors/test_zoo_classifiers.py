"""Our own classifiers: whole, small, as good as they say, and the same beside any training."""

import json
import os
import shutil

import keras
import numpy as np
import pytest

from keras_gans import data
from keras_gans.data import tfds
from keras_gans.metrics import extractors
from keras_gans.metrics.extractors.accuracy import accuracy
from keras_gans.metrics.extractors.zoo import DESCRIPTION, WEIGHTS, ZooClassifier

WANTED = {"digits": 0.98, "fashion_mnist": 0.93, "mnist": 0.993}


@pytest.fixture(scope="module")
def digits():
    return data.arrays("digits", "test")


@pytest.fixture
def copied(tmp_path):
    return shutil.copytree(extractors.zoo_path() / "digits_classifier", tmp_path / "digits_classifier")


def test_the_zoo_has_the_three():
    assert set(extractors.names()) == {f"{name}_classifier" for name in WANTED} | {"inception"}


@pytest.mark.parametrize("name", WANTED)
def test_accuracy_on_the_real_test_set(name):
    if name != "digits" and not os.path.isdir(os.path.join(tfds.data_folder(), name)):
        pytest.skip(f"{name} is not prepared in TFDS_DATA_DIR")
    extractor = extractors.get(f"{name}_classifier")
    images, labels = data.arrays(name, "test")
    measured = accuracy(extractor.network, images, labels)
    assert measured >= WANTED[name]
    # One image in ten thousand may lie so near to the border that another processor decides otherwise.
    assert measured == pytest.approx(extractor.description["accuracy"]["value"], abs=5e-4)


@pytest.mark.parametrize("name", WANTED)
def test_small_and_described(name):
    folder = extractors.zoo_path() / f"{name}_classifier"
    description = json.loads((folder / DESCRIPTION).read_text())
    assert (folder / WEIGHTS).stat().st_size == description["files"][WEIGHTS]["bytes"] < 3 * 2**20
    assert description["accuracy"]["value"] >= WANTED[name]
    assert {"title", "license", "data", "recipe", "run"} <= set(description)


def test_features_and_logits(digits):
    extractor = extractors.get("digits_classifier")
    features, logits = extractor(digits[0])
    assert features.shape == (297, 128) and logits.shape == (297, 10)
    assert features.dtype == logits.dtype == np.float32
    assert extractor.identity == f"digits_classifier@{extractor.sha256[:12]}"
    np.testing.assert_allclose(extractor(digits[0], batch_size=7).features, features, rtol=1e-4, atol=1e-4)


def test_a_run_in_bfloat16_changes_nothing(digits):
    expected = extractors.get("digits_classifier")(digits[0][:8]).features
    policy = keras.config.dtype_policy()
    keras.config.set_dtype_policy("mixed_bfloat16")
    try:
        received = extractors.get("digits_classifier")(digits[0][:8]).features
    finally:
        keras.config.set_dtype_policy(policy)
    np.testing.assert_array_equal(received, expected)


def test_changed_weights_are_refused_before_they_are_read(copied, monkeypatch):
    content = bytearray((copied / WEIGHTS).read_bytes())
    content[len(content) // 2] ^= 1
    (copied / WEIGHTS).write_bytes(content)
    monkeypatch.setattr(keras.Model, "load_weights", lambda *arguments: pytest.fail("read before it was checked"))
    with pytest.raises(ValueError, match="Expected .* with sha256 58abec551e2c"):
        ZooClassifier(copied)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"name": "x"', '{"name": "x", "files": {}}'])
def test_a_damaged_description_is_named(copied, text):
    (copied / DESCRIPTION).write_text(text)
    with pytest.raises(ValueError, match="Expected the description of an extractor in .*extractor.json"):
        ZooClassifier(copied)


def test_a_missing_file_is_named(copied):
    (copied / WEIGHTS).unlink()
    with pytest.raises(FileNotFoundError, match=WEIGHTS):
        ZooClassifier(copied)


def test_wrong_images_are_refused(digits):
    extractor = extractors.get("digits_classifier")
    with pytest.raises(ValueError, match=r"\(n, 28, 28, 1\).*received: shape=\(2, 14, 28, 1\)"):
        extractor(digits[0][:2, ::2])
    with pytest.raises(TypeError, match="uint8"):
        extractor(digits[0][:2].astype("float32"))
