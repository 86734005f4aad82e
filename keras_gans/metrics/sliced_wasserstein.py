"""The sliced Wasserstein distance of patches on each level of a Laplacian pyramid."""

import numpy as np
from scipy.ndimage import convolve1d

from keras_gans.metrics.arrays import as_images, check_positive_integer
from keras_gans.metrics.metric import EvaluationMetric
from keras_gans.registry import register

_BINOMIAL = np.array([1.0, 4.0, 6.0, 4.0, 1.0]) / 16.0
_SMALLEST = 14


def sliced_wasserstein(real, generated, neighbourhood=7, patches=128, repeats=4, directions=128, seed=0):
    """Karras et al.'s distance between the local structures of two sets of images, for each scale. Lower is better.

    Images become Laplacian pyramids. On each level random patches are taken as vectors, each colour channel scaled to
    mean 0 and variance 1, and the distance is the mean over random unit vectors u of the one-dimensional Wasserstein
    distance of the projections:  SWD = mean_u mean_k |sort(A u)_k - sort(B u)_k|,  times 1000 as in the paper.

    Equal sets have distance exactly 0, since both sides use the same places and directions; symmetric.

    Args:
        real: uint8 images `(n, height, width, channels)`, sides of at least 14.
        generated: as many images of the same shape.
        neighbourhood: side of a patch in pixels; the paper's 7.
        patches: patches per image and level; the paper's 128.
        repeats: how often directions are drawn; the paper's 4.
        directions: unit vectors per draw; the paper's 128.
        seed: of places and directions.

    Returns:
        dict from the height of a level in pixels, the finest first, to its distance. Levels go down, by halves, to
        the last with even sides of at least 14 (the paper stops at 16).

    Reference: Karras et al., 2018, arXiv:1710.10196; Rabin et al., 2011.
    """
    check_positive_integer(neighbourhood=neighbourhood, patches=patches, repeats=repeats, directions=directions)
    real, generated = as_images(real, "real images"), as_images(generated, "generated images")
    if real.shape != generated.shape or min(real.shape[1:3]) < max(_SMALLEST, neighbourhood):
        raise ValueError(
            f"Expected equally many images of one size of at least {_SMALLEST} pixels, received: real {real.shape}, "
            f"generated {generated.shape}"
        )
    distances = {}
    for level in range(_levels(real.shape)):
        sides = [
            _descriptors(images, level, neighbourhood, patches, np.random.default_rng([seed, level, 0]))
            for images in (real, generated)
        ]
        random = np.random.default_rng([seed, level, 1])
        height = real.shape[1] >> level
        distances[height] = 1e3 * np.mean([_distance(*sides, directions, random) for _ in range(repeats)])
    return {height: float(distance) for height, distance in distances.items()}


def _levels(shape):
    levels, height, width = 1, shape[1], shape[2]
    while height % 2 == 0 and width % 2 == 0 and min(height, width) // 2 >= _SMALLEST:
        levels, height, width = levels + 1, height // 2, width // 2
    return levels


def _descriptors(images, level, side, patches, random):
    """Normalised patches of one pyramid level, float32 `(n * patches, side * side * channels)`."""
    found = []
    for batch in np.array_split(images, -(-len(images) // 256)):
        band = laplacian(batch.astype(np.float32), level, last=level + 1 == _levels(images.shape))
        views = np.lib.stride_tricks.sliding_window_view(band, (side, side), axis=(1, 2))
        rows = random.integers(views.shape[1], size=(len(batch), patches))
        columns = random.integers(views.shape[2], size=(len(batch), patches))
        found.append(views[np.arange(len(batch))[:, None], rows, columns].reshape(-1, band.shape[-1], side * side))
    found = np.concatenate(found)
    found -= found.mean(axis=(0, 2), keepdims=True, dtype=np.float64).astype(np.float32)
    deviation = found.std(axis=(0, 2), keepdims=True, dtype=np.float64).astype(np.float32)
    found /= np.where(deviation > 0, deviation, 1.0)
    return found.reshape(len(found), -1)


def _distance(a, b, directions, random):
    vectors = random.normal(size=(a.shape[1], directions)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=0)
    return np.mean(
        [np.mean(np.abs(np.sort(a @ vector) - np.sort(b @ vector)), dtype=np.float64) for vector in vectors.T]
    )


def laplacian(images, level, last):
    """One level of the Laplacian pyramid of images `(n, height, width, channels)`; the last one is what is left."""
    for _ in range(level):
        images = _halve(images)
    return images if last else images - _double(_halve(images))


def _blur(images, gain=1.0):
    for axis in (1, 2):
        images = convolve1d(images, gain * _BINOMIAL, axis=axis, mode="mirror")
    return images


def _halve(images):
    return _blur(images)[:, ::2, ::2]


def _double(images):
    n, height, width, channels = images.shape
    spread = np.zeros((n, 2 * height, 2 * width, channels), images.dtype)
    spread[:, ::2, ::2] = images
    return _blur(spread, gain=2.0)


@register("swd")
class SlicedWasserstein(EvaluationMetric):
    """Mean over the pyramid levels of the sliced Wasserstein distance of images: `swd`, lower is better.

    Args:
        extractor: not used; batches are uint8 images in any case.
        name: the Keras name.
        seed: of places and directions.

    Reference: Karras et al., 2018, arXiv:1710.10196.
    """

    directions = {"swd": "lower"}
    reads = "images"

    def __init__(self, extractor=None, name=None, seed=0, **kwargs):
        super().__init__(extractor, name, **kwargs)
        self.seed = seed

    def compute(self, real, generated):
        return {"swd": float(np.mean(list(sliced_wasserstein(real, generated, seed=self.seed).values())))}, {}
