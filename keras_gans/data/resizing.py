"""One resampling for every source, so that equal files give equal pixels on every backend."""

import numpy as np
from PIL import Image


def size_pair(image_size):
    """None, or `(height, width)` from an integer or a pair of integers of at least 1."""
    if image_size is None:
        return None
    sides = (image_size, image_size) if isinstance(image_size, (int, np.integer)) else image_size
    whole = isinstance(sides, (tuple, list)) and all(isinstance(side, (int, np.integer)) for side in sides)
    if not (whole and len(sides) == 2 and min(sides) >= 1):
        raise ValueError(
            f"Expected an integer of at least 1 or a pair (height, width), received: image_size={image_size!r}"
        )
    return int(sides[0]), int(sides[1])


def resize(images, image_size):
    """Images uint8 `(n, h, w, c)` stretched to `(n, *image_size, c)`; None, or their own size, changes nothing.

    Bicubic; shrinking is antialiased: the kernel widens with the scale, as clean-fid recommends.
    """
    if image_size is None or tuple(image_size) == images.shape[1:3]:
        return images
    resized = np.empty((len(images), *image_size, images.shape[-1]), "uint8")
    for image, target in zip(images, resized, strict=True):
        for channel in range(images.shape[-1]):  # apart, for Pillow would weigh the colours by a fourth channel
            target[..., channel] = resize_image(Image.fromarray(image[..., channel]), image_size)
    return resized


def resize_image(image, image_size):
    """A Pillow image stretched to `(height, width)`."""
    height, width = image_size
    return image.resize((width, height), Image.Resampling.BICUBIC)
