"""Five ways to spoil images, each at four strengths: a distance that can be trusted rises on every step.

After figure 3 of Heusel et al., 2017, arXiv:1706.08500; the strengths are ours, in units that fit images of any size.
"""

import numpy as np
from scipy import ndimage

_RECTANGLES = 5


def blur(images, strength, seed=0):
    """A Gaussian blur; `strength` is its standard deviation as a share of the height."""
    sigma = strength * images.shape[1]
    return _rounded(ndimage.gaussian_filter(images.astype(np.float32), (0, sigma, sigma, 0), mode="nearest"))


def noise(images, strength, seed=0):
    """Gaussian noise on every value; `strength` is its standard deviation as a share of 255."""
    random = np.random.default_rng(seed)
    return _rounded(images + 255.0 * strength * random.standard_normal(images.shape, dtype=np.float32))


def black_rectangles(images, strength, seed=0):
    """Five black rectangles at random places; `strength` is their side as a share of the image's."""
    random = np.random.default_rng(seed)
    count, height, width, _ = images.shape
    sides = round(strength * height), round(strength * width)
    spoiled = images.copy()
    tops = random.integers(height - sides[0] + 1, size=(count, _RECTANGLES))
    lefts = random.integers(width - sides[1] + 1, size=(count, _RECTANGLES))
    for image, corners in zip(spoiled, np.stack([tops, lefts], axis=-1), strict=True):
        for top, left in corners:
            image[top : top + sides[0], left : left + sides[1]] = 0
    return spoiled


def swirl(images, strength, seed=0):
    """Turns the middle against the border: by `strength` radians in the centre, by none at half the diagonal."""
    height, width = images.shape[1:3]
    rows, columns = np.mgrid[:height, :width].astype(np.float64)
    down, right = rows - (height - 1) / 2, columns - (width - 1) / 2
    radius = np.hypot(down, right)
    angle = np.arctan2(down, right) + strength * (1.0 - radius / radius.max())
    places = [(height - 1) / 2 + radius * np.sin(angle), (width - 1) / 2 + radius * np.cos(angle)]
    moved = [
        [ndimage.map_coordinates(channel, places, output=np.float32, order=1, mode="nearest") for channel in image]
        for image in np.moveaxis(images, -1, 1)
    ]
    return _rounded(np.moveaxis(np.asarray(moved), 1, -1))


def salt_and_pepper(images, strength, seed=0):
    """Pixels become black or white; `strength` is their share."""
    random = np.random.default_rng(seed)
    lot = random.random(images.shape[:3])[..., None]
    return np.where(lot < strength / 2, 0, np.where(lot < strength, 255, images)).astype(np.uint8)


CORRUPTIONS = {
    "blur": (blur, (0.02, 0.04, 0.06, 0.08)),
    "noise": (noise, (0.1, 0.2, 0.3, 0.4)),
    "black_rectangles": (black_rectangles, (0.15, 0.25, 0.35, 0.45)),
    "swirl": (swirl, (0.5, 1.0, 1.5, 2.0)),
    "salt_and_pepper": (salt_and_pepper, (0.05, 0.1, 0.2, 0.3)),
}
"""Name -> `(function of uint8 images (n, height, width, channels), strength and seed, its four strengths)`."""


def _rounded(images):
    return np.clip(np.rint(images), 0, 255).astype(np.uint8)
