"""The image data sets of tensorflow-datasets."""

import difflib
import json
import os
import pathlib
import socket
import urllib.request

import numpy as np

from keras_gans.data.progress import progress
from keras_gans.data.resizing import resize
from keras_gans.data.source import Source


def data_folder():
    """Where tensorflow-datasets keeps what it has prepared: `TFDS_DATA_DIR`, or its own default."""
    return os.path.expanduser(os.environ.get("TFDS_DATA_DIR", "~/tensorflow_datasets"))


def prepared():
    """The image data sets that are prepared here: name -> one line. Reads their JSON files, without TensorFlow."""
    found = {}
    for path in sorted(pathlib.Path(data_folder()).glob("*/**/dataset_info.json")):
        features = path.with_name("features.json")
        if features.exists() and "image_feature.Image" in features.read_text():
            info = json.loads(path.read_text())
            splits = ", ".join(f"{_count(split):,} {split['name']}" for split in info["splits"])
            name = "/".join(part for part in (info["name"], info.get("configName")) if part)
            sentence = info["description"].strip().splitlines()[0].partition(". ")[0].rstrip(".")
            found[name] = f"{sentence}: {splits} (tensorflow-datasets)."
    return found


def _count(split):
    return sum(int(length) for length in split["shardLengths"])


class TensorflowDatasets(Source):
    """A data set of tensorflow-datasets that has one image per example, downloaded if it is not there yet.

    Args:
        name: as tensorflow-datasets spells it: "mnist", "cifar10", "celeb_a", "name/config:version".
        others: names that an error lists besides those of tensorflow-datasets.
    """

    def __init__(self, name, others=()):
        self.name = name
        self.builder = _prepare(_builder(name, others), name)
        self.splits = tuple(self.builder.info.splits)
        self.image = _feature(self.builder.info, "image", "Image")
        self.label = _feature(self.builder.info, "label", "ClassLabel")
        if self.image is None:
            raise ValueError(
                f"Expected a data set with one uint8 image per example, received: {name!r} with the features "
                f"{', '.join(self.builder.info.features)}"
            )

    def arrays(self, split="train", image_size=None):
        shape = self._image_shape(image_size)
        count = self._count(split)
        images, labels = np.empty((count, *shape), "uint8"), np.empty(count, "int32")
        start = 0
        with progress(str(self), count) as advance:
            for examples in self._chunks(split, image_size):
                rows = slice(start, start + len(examples[self.image]))
                images[rows] = examples[self.image]
                if self.label is not None:
                    labels[rows] = examples[self.label]
                start = rows.stop
                advance(rows.stop - rows.start)
        return images, labels if self.label is not None else None

    def size_in_bytes(self, split="train", image_size=None):
        return self._count(split) * int(np.prod(self._image_shape(image_size)))

    def _count(self, split):
        try:
            return self.builder.info.splits[split].num_examples
        except (KeyError, ValueError) as error:
            raise ValueError(
                f"Expected a split of {self} ({', '.join(self.splits)}, or a slice such as 'train[:10%]'), "
                f"received: split={split!r}"
            ) from error

    def _image_shape(self, image_size):
        shape = self.builder.info.features[self.image].shape
        if image_size is None and None in shape:
            raise ValueError(f"Expected an image_size for images of different sizes, received: None for {self}")
        return (*(image_size or shape[:2]), shape[2])

    def _chunks(self, split, image_size):
        """The examples in the order of the files, as NumPy arrays, some at a time."""
        import tensorflow_datasets as tfds

        dataset = self.builder.as_dataset(
            split=split,
            shuffle_files=False,
            read_config=tfds.ReadConfig(interleave_cycle_length=1, try_autocache=False),
        )
        keys = [key for key in (self.image, self.label) if key is not None]
        dataset = dataset.map(lambda example: {key: example[key] for key in keys})
        fixed = None not in self.builder.info.features[self.image].shape
        for examples in tfds.as_numpy(dataset.batch(1024 if fixed else 1)):
            yield examples | {self.image: resize(examples[self.image], image_size)}

    def __str__(self):
        return f"{self.name!r} of tensorflow-datasets"


def _builder(name, others):
    try:
        import tensorflow  # noqa: F401 - tensorflow-datasets imports it later, in the middle of its work
        import tensorflow_datasets as tfds
    except ImportError as error:
        raise ValueError(
            f"Expected an embedded data set ({', '.join(others)}), an existing path, or TensorFlow and "
            f"tensorflow-datasets to look the name up, received: {name!r} and {error}"
        ) from error
    known = tfds.list_builders(with_community_datasets=False)
    base = name.partition("/")[0].partition(":")[0]
    if base not in known:
        nearest = difflib.get_close_matches(base, [*others, *known], n=5, cutoff=0.5)
        hint = f"nearest: {', '.join(nearest)}; " if nearest else ""
        raise ValueError(
            f"Expected the name of a data set or an existing path, received: {name!r} ({hint}embedded: "
            f"{', '.join(others)}; or any image data set of tensorflow-datasets, or a folder of images)"
        )
    try:
        return tfds.builder(name, data_dir=data_folder())
    except Exception as error:  # each data set's code raises what it likes for a wrong config or version
        raise ValueError(
            f"Expected a config and version that {base!r} has, received: {name!r} ({_line(error)})"
        ) from error


def _prepare(builder, name):
    if builder.is_prepared():
        return builder
    if _offline():
        raise ConnectionError(
            f"Expected {name!r} in {data_folder()} or a network to download it, received: neither "
            "(TFDS_DATA_DIR names the folder of tensorflow-datasets)"
        )
    try:
        builder.download_and_prepare()
    except Exception as error:  # network, disk, a checksum, a manual download: the cause is in the message
        raise RuntimeError(
            f"Expected tensorflow-datasets to download and prepare {name!r} in {data_folder()}, received: "
            f"{type(error).__name__}: {_line(error)}"
        ) from error
    return builder


def _offline():
    """Whether no host name can be resolved; without this, tensorflow-datasets retries for minutes."""
    if urllib.request.getproxies():
        return False
    try:
        socket.getaddrinfo("www.tensorflow.org", 443)
    except OSError:
        return True
    return False


def _feature(info, preferred, kind):
    """The key of the data set's feature of a kind: the preferred one, else the only one, else None."""
    kinds = {key: type(feature).__name__ for key, feature in info.features.items()}
    found = [key for key in kinds if kinds[key] == kind]
    if kind == "Image":
        found = [key for key in found if info.features[key].np_dtype == np.uint8]
    if preferred in found:
        return preferred
    return found[0] if len(found) == 1 else None


def _line(error):
    return str(error).strip().partition("\n")[0]
