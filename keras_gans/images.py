"""Images between their two forms: float32 in [-1, 1] inside, uint8 in 0..255 outside; grids and PNG files of them."""

import os

import numpy as np
from keras import ops


def to_uint8(images):
    """Images in [-1, 1] as integers in 0..255: round(127.5 (x + 1)), on any backend and inside a graph."""
    return ops.cast(ops.clip(ops.round((images + 1.0) * 127.5), 0.0, 255.0), "uint8")


def to_float(images):
    """Images in 0..255 as float32 in [-1, 1]: x / 127.5 - 1."""
    return ops.cast(images, "float32") / 127.5 - 1.0


def grid(images, columns=None, gap=1):
    """One picture of many: `(n, H, W, C)` uint8 -> `(rows * (H + gap) - gap, columns * (W + gap) - gap, C)` uint8.

    Args:
        images: uint8 array `(n, H, W, C)`, n >= 1.
        columns: images per row; by default the smallest number that makes the grid no higher than wide.
        gap: white pixels between neighbours.
    """
    images = np.asarray(images)
    if images.ndim != 4 or images.dtype != np.uint8 or not len(images):
        raise ValueError(
            "Expected at least one image, uint8 of shape (n, height, width, channels), "
            f"received: images of shape {images.shape}, {images.dtype}"
        )
    count, height, width, channels = images.shape
    columns = columns or int(np.ceil(np.sqrt(count)))
    rows = -(-count // columns)
    cells = np.full((rows * columns, height + gap, width + gap, channels), 255, np.uint8)
    cells[:count, :height, :width] = images
    cells = cells.reshape(rows, columns, height + gap, width + gap, channels).swapaxes(1, 2)
    picture = cells.reshape(rows * (height + gap), columns * (width + gap), channels)
    return picture[: picture.shape[0] - gap or None, : picture.shape[1] - gap or None]


def save_png(path, picture):
    """Writes one uint8 picture `(H, W, C)` with 1, 3 or 4 channels as PNG, aside and renamed; returns `path`."""
    from PIL import Image

    picture = np.asarray(picture)
    os.makedirs(os.path.dirname(os.path.abspath(path)), exist_ok=True)
    aside = f"{path}.part"
    Image.fromarray(picture[..., 0] if picture.shape[-1] == 1 else picture).save(aside, format="PNG")
    os.replace(aside, path)
    return path
