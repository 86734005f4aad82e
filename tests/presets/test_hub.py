"""Presets on the Hugging Face hub, with a hub that is not there."""

import pathlib
import shutil
import sys
import types

import pytest

import keras_gans
from keras_gans import presets
from keras_gans.testing import tiny


@pytest.fixture
def hub(tmp_path, monkeypatch):
    """Records what is asked for, and gives one preset."""
    monkeypatch.setenv("KERAS_GANS_CACHE", str(tmp_path / "cache"))
    presets.save_to_preset(tiny.game(keras_gans.NSGAN), tmp_path / "tiny")
    asked = []

    def snapshot_download(repository, revision, allow_patterns, local_dir):
        asked.append((repository, revision))
        if repository == "someone/absent":
            raise FileNotFoundError("no such repository\nand much more")
        shutil.copytree(tmp_path / "tiny", local_dir, dirs_exist_ok=True)

    module = types.SimpleNamespace(snapshot_download=snapshot_download)
    monkeypatch.setitem(sys.modules, "huggingface_hub", module)
    return asked


def test_addresses_are_fetched_and_loaded(hub):
    assert presets.from_preset("hf://someone/tiny").name == "tiny"
    assert presets.load_model("hf://someone/tiny@v1").name == "tiny"
    assert hub == [("someone/tiny", None), ("someone/tiny", "v1")]


@pytest.mark.parametrize(
    "address", ["hf://tiny", "hf://a/b/c", "hf://../tiny", "hf://a/..", "hf://a/b@../..", "hf://", "hf://a/b@"]
)
def test_other_addresses_are_refused(hub, address, tmp_path):
    with pytest.raises(ValueError, match="Expected hf://user/name"):
        presets.from_preset(address)
    assert hub == [] and not (tmp_path / "cache").exists()


def test_a_hub_that_does_not_answer_is_one_sentence(hub):
    with pytest.raises(OSError, match="Expected a preset at hf://someone/absent, received from the hub: no such") as it:
        presets.from_preset("hf://someone/absent")
    assert "\n" not in str(it.value)


def test_without_the_package_the_remedy_is_named(hub, monkeypatch):
    monkeypatch.setitem(sys.modules, "huggingface_hub", None)
    with pytest.raises(ImportError, match=r"pip install 'keras_gans\[hub\]'"):
        presets.from_preset("hf://someone/tiny")


def test_damaged_downloads_are_refused(hub, monkeypatch):
    fetch = sys.modules["huggingface_hub"].snapshot_download

    def damaging(repository, local_dir, **options):
        fetch(repository, local_dir=local_dir, **options)
        pathlib.Path(local_dir, "generator.weights.h5").write_bytes(b"proxy error")

    monkeypatch.setattr(sys.modules["huggingface_hub"], "snapshot_download", damaging)
    with pytest.raises(ValueError, match="it is damaged"):
        presets.from_preset("hf://someone/tiny")
