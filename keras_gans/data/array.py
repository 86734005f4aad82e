"""Arrays in memory and in `.npz` files."""

import os
import zipfile

import numpy as np

from keras_gans.data.checks import check_images, check_labels
from keras_gans.data.resizing import resize
from keras_gans.data.source import Source


class Arrays(Source):
    """Images, and labels if there are any, that the caller has in memory.

    Args:
        images: uint8 `(n, height, width, channels)`; floating in [-1, 1] of that shape, which is rounded to 256
            levels (x = level / 127.5 - 1); or points, floating `(n, dimensions)`.
        labels: integers `(n,)`, or None.
        name: what messages call them.
    """

    def __init__(self, images, labels=None, name="images"):
        self.images = check_images(images, name=name)
        self.labels = None if labels is None else check_labels(labels, len(self.images))

    def arrays(self, split="train", image_size=None):
        self.check_split(split)
        if self.images.ndim == 2:
            if image_size is not None:
                raise ValueError(f"Expected no image_size for points, received: image_size={image_size!r}")
            return self.images.astype("float32"), self.labels
        return resize(_to_uint8(self.images), image_size), self.labels

    def __str__(self):
        return f"the array of shape {self.images.shape}"


class Archive(Source):
    """A `.npz` file.

    Images are looked up under `x_<split>` (as keras.datasets' own files), then, for "train", under `images` and `x`;
    labels under `y_<split>`, then `labels` and `y`.

    Args:
        path: the file.
    """

    def __init__(self, path):
        self.path = os.fspath(path)

    def arrays(self, split="train", image_size=None):
        keys = _keys("x", "images", split)
        try:
            with np.load(self.path, allow_pickle=False) as archive:
                found = archive.files
                images, labels = _first(archive, keys), _first(archive, _keys("y", "labels", split))
        except (OSError, ValueError, zipfile.BadZipFile) as error:
            raise ValueError(f"Expected a .npz file of plain arrays, received: {self.path} ({error})") from error
        if images is None:
            raise ValueError(
                f"Expected an array {', '.join(keys)} in {self.path} for split={split!r}, "
                f"received: {', '.join(found) or 'no array'}"
            )
        return Arrays(images, labels, name=f"images in {self.path}").arrays("train", image_size)

    def __str__(self):
        return f"the file {self.path}"


def _keys(short, long, split):
    return [f"{short}_{split}", long, short] if split == "train" else [f"{short}_{split}"]


def _first(archive, keys):
    return next((archive[key] for key in keys if key in archive.files), None)


def _to_uint8(images):
    if images.dtype == np.uint8:
        return images
    return np.rint((images.clip(-1, 1).astype("float32") + 1) * 127.5).astype("uint8")
