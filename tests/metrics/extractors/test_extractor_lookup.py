"""An extractor is found by name, identity, folder or file."""

import pytest

from keras_gans.metrics import extractors


def test_by_name_identity_folder_and_itself():
    by_name = extractors.get("digits_classifier")
    assert extractors.get(by_name) is by_name
    assert extractors.get(by_name.identity).identity == by_name.identity
    assert extractors.get(extractors.zoo_path() / "digits_classifier").identity == by_name.identity


def test_another_sha256_is_refused():
    with pytest.raises(ValueError, match="Expected the extractor digits_classifier@0123, received: .*@58abec551e2c"):
        extractors.get("digits_classifier@0123")


def test_an_unknown_name_lists_the_nearest():
    with pytest.raises(ValueError, match="nearest: .*mnist_classifier"):
        extractors.get("minst_classifier")


def test_another_type_is_refused():
    with pytest.raises(TypeError, match="Expected an Extractor, its name .*received: 7"):
        extractors.get(7)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match="Expected a saved Keras model, received: .*gone.keras"):
        extractors.get(f"{tmp_path}/gone.keras:features")
