"""A folder of image files."""

import concurrent.futures
import contextlib
import os
import pathlib

import numpy as np
from PIL import Image

from keras_gans.data.progress import progress
from keras_gans.data.resizing import resize_image
from keras_gans.data.source import Source

SUFFIXES = (".bmp", ".gif", ".jpeg", ".jpg", ".pgm", ".png", ".ppm", ".tif", ".tiff", ".webp")
_SPLITS = ("train", "test", "val", "validation")
_GREY = ("1", "L", "LA")
_DEEP = ("I", "F", "I;16", "I;16B", "I;16L")


class Folder(Source):
    """Image files in a folder, or in its sub-folders, whose sorted names are then the classes 0, 1, 2, ...

    If all its sub-folders are called train, test, val or validation they are the splits, and each of them is such a
    folder; else the whole is the split "train". Files are taken in the order of their sorted names; other files and
    hidden ones are left out. All images have one size, or `image_size` makes it so: they are stretched, not cropped.
    They become grey, one channel, if all are grey, else RGB; a transparent layer is dropped.

    Args:
        path: the folder.
    """

    reads_rows = True

    def __init__(self, path):
        self.path = pathlib.Path(path)
        names = _folders(self.path)
        self._split_names = [name for name in _SPLITS if name in names] if set(names) <= set(_SPLITS) else []
        self.splits = tuple(self._split_names) or ("train",)
        self._shapes = {}  # split -> the shape of its images: their heads are read once

    def arrays(self, split="train", image_size=None):
        read, count, _, labels = self.reader(split, image_size)
        return read(np.arange(count)), labels

    def size_in_bytes(self, split="train", image_size=None):
        paths, _ = self.files(split)
        return len(paths) * int(np.prod(self._image_shape(split, image_size)))

    def reader(self, split="train", image_size=None):
        paths, labels = self.files(split)
        shape = self._image_shape(split, image_size)

        def read(rows):
            images = np.empty((len(rows), *shape), "uint8")
            # Threads help: Pillow decodes and resizes outside the interpreter's lock.
            with concurrent.futures.ThreadPoolExecutor() as pool, progress(str(self), len(rows)) as advance:
                decoded = pool.map(lambda row: _decode(paths[row], shape), rows)
                for target, image in zip(images, decoded, strict=True):
                    target[...] = image
                    advance(1)
            return images

        return read, len(paths), shape, labels

    def files(self, split="train"):
        """The paths of the images of a split and their int32 labels, or None."""
        self.check_split(split)
        root = self.path / split if self._split_names else self.path
        classes = [name for name in _folders(root) if _images(root / name)]
        loose = _images(root)
        if classes and loose:
            raise ValueError(
                f"Expected images either in {root} or in its sub-folders, the classes, received: both, e.g. "
                f"{loose[0].name} beside the folder {classes[0]}"
            )
        if not classes and not loose:
            raise ValueError(f"Expected images ({', '.join(SUFFIXES)}) in {root} or its sub-folders, received: none")
        if not classes:
            return loose, None
        groups = [_images(root / name) for name in classes]
        labels = np.repeat(np.arange(len(groups), dtype="int32"), [len(group) for group in groups])
        return [path for group in groups for path in group], labels

    def _image_shape(self, split, image_size):
        """The shape that all images of a split get."""
        if split not in self._shapes:
            self._shapes[split] = _common_shape(self.files(split)[0])
        shape, odd = self._shapes[split]
        if image_size is None and odd is not None:
            raise ValueError(
                f"Expected images of one size, or an image_size, received: {odd} of another size than the "
                f"{shape[0]}x{shape[1]} (height x width) of the first"
            )
        return (*(image_size or shape[:2]), shape[2])

    def __str__(self):
        return f"the folder {self.path}"


def _folders(root):
    return sorted(entry.name for entry in os.scandir(root) if entry.is_dir() and not entry.name.startswith("."))


def _images(root):
    return sorted(path for path in root.iterdir() if path.suffix.lower() in SUFFIXES and path.name[0] != ".")


def _common_shape(paths):
    """`(height, width, channels)` from the heads of the files, and the first file of another size, or None."""
    heads = [_head(path) for path in paths]
    size = heads[0][0]
    channels = 1 if all(mode in _GREY for _, mode in heads) else 3
    odd = next((path for path, head in zip(paths, heads, strict=True) if head[0] != size), None)
    return (*size, channels), odd


def _head(path):
    with _naming(path), Image.open(path) as image:
        size, mode = (image.height, image.width), image.mode
    if mode in _DEEP:
        raise ValueError(f"Expected images of 8 bits per channel, received: {path} of Pillow's mode {mode}")
    return size, mode


def _decode(path, shape):
    with _naming(path), Image.open(path) as image:
        image = image.convert("L" if shape[-1] == 1 else "RGB")
        if (image.height, image.width) != shape[:2]:
            image = resize_image(image, shape[:2])
        return np.asarray(image).reshape(shape)


@contextlib.contextmanager
def _naming(path):
    try:
        yield
    except Exception as error:  # Pillow's decoders raise what they like: OSError, SyntaxError, struct.error, ...
        raise ValueError(f"Expected an image that can be decoded, received: {path} ({error})") from error
