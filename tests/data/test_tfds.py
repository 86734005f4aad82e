"""tensorflow-datasets: real ones where `TFDS_DATA_DIR` has them; the errors everywhere."""

import os
import pathlib

import numpy as np
import pytest

from keras_gans import data
from keras_gans.data import tfds

FOLDER = pathlib.Path(os.environ.get("TFDS_DATA_DIR", "")).expanduser()


def needs(name):
    there = "TFDS_DATA_DIR" in os.environ and (FOLDER / name).is_dir()
    return pytest.mark.skipif(not there, reason=f"TFDS_DATA_DIR names no folder with {name}")


@pytest.mark.parametrize(
    ("name", "shape"),
    [
        pytest.param("mnist", (28, 28, 1), marks=needs("mnist")),
        pytest.param("fashion_mnist", (28, 28, 1), marks=needs("fashion_mnist")),
        pytest.param("cifar10", (32, 32, 3), marks=needs("cifar10")),
    ],
)
def test_the_test_split_comes_whole_and_in_order(name, shape):
    images, labels = data.arrays(name, split="test")
    assert images.shape == (10_000, *shape) and images.dtype == np.uint8 and labels.dtype == np.int32
    assert images.min() == 0 and images.max() == 255 and len(set(labels)) == 10
    part, part_labels = data.arrays(name, split="test[100:108]")
    assert np.array_equal(part, images[100:108]) and np.array_equal(part_labels, labels[100:108])


@needs("mnist")
def test_mnist_is_known():
    images, labels = data.arrays("mnist", split="test")
    assert np.bincount(labels).tolist() == [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]
    assert images.mean() / 255 == pytest.approx(0.1325, abs=1e-4)


@needs("mnist")
def test_batches_are_scaled_resized_and_labelled():
    batches = data.load("mnist", 16, batch_size=8, discriminator_steps=3, labels=True, split="test[:100]")
    images, labels = next(iter(batches))
    assert len(batches) == 4 and images.shape == (24, 16, 16, 1) and labels.shape == (24,)
    assert images.dtype == "float32" and labels.dtype == "int32"
    assert -1 == images.numpy().min() < images.numpy().max() <= 1


@needs("mnist")
def test_splits_configs_and_memory_are_checked():
    with pytest.raises(ValueError, match=r"split of 'mnist'.*or a slice.*'validation'"):
        data.arrays("mnist", split="validation")
    with pytest.raises(ValueError, match="'mnist/no_such_config'"):
        data.arrays("mnist/no_such_config")
    with pytest.raises(ValueError, match="memory_limit, received: 7,840,000 bytes of 'mnist'"):
        data.load("mnist", split="test", memory_limit=1_000_000)


@needs("mnist")
def test_prepared_data_sets_are_listed():
    assert data.names()["mnist"] == (
        "The MNIST database of handwritten digits: 60,000 train, 10,000 test (tensorflow-datasets)."
    )


def test_unknown_names_list_the_nearest():
    with pytest.raises(ValueError, match=r"received: 'fashon_mnist' \(nearest: fashion_mnist.*embedded: digits, grid"):
        data.load("fashon_mnist")
    with pytest.raises(ValueError, match=r"nearest: digits"):
        data.load("digit")


def test_without_data_and_network_one_sentence_says_so(tmp_path, monkeypatch):
    monkeypatch.setenv("TFDS_DATA_DIR", str(tmp_path))
    monkeypatch.setattr(tfds, "_offline", lambda: True)
    with pytest.raises(ConnectionError, match=r"'kmnist' in .* or a network .*TFDS_DATA_DIR") as raised:
        data.load("kmnist")
    assert "\n" not in str(raised.value)


def test_a_failed_download_is_one_sentence(tmp_path, monkeypatch):
    def fail(self, **options):
        raise OSError("disk full\nand more")

    import tensorflow_datasets

    monkeypatch.setenv("TFDS_DATA_DIR", str(tmp_path))
    monkeypatch.setattr(tfds, "_offline", lambda: False)
    monkeypatch.setattr(tensorflow_datasets.core.DatasetBuilder, "download_and_prepare", fail)
    with pytest.raises(RuntimeError, match=r"prepare 'kmnist' in .*OSError: disk full$"):
        data.load("kmnist")


def test_data_sets_without_one_image_are_refused(tmp_path, monkeypatch):
    monkeypatch.setenv("TFDS_DATA_DIR", str(tmp_path))
    monkeypatch.setattr(tfds, "_prepare", lambda builder, name: builder)
    with pytest.raises(ValueError, match="one uint8 image per example, received: 'imdb_reviews'"):
        data.load("imdb_reviews")


def test_the_probe_trusts_a_proxy(monkeypatch):
    def unresolved(*_):
        raise OSError

    monkeypatch.setattr(tfds.socket, "getaddrinfo", unresolved)
    monkeypatch.setattr(tfds.urllib.request, "getproxies", dict)
    assert tfds._offline()
    monkeypatch.setattr(tfds.urllib.request, "getproxies", lambda: {"https": "http://proxy.example"})
    assert not tfds._offline()
