"""The real images that samples come nearest to."""

import numpy as np
from sklearn.neighbors import NearestNeighbors

from keras_gans.latent_space import drawing
from keras_gans.latent_space.sheet import Sheet


def nearest_neighbours(images, real, features=None, count=1):
    """The nearest real images of each image.

    Args:
        images: uint8 `(n, height, width, channels)`.
        real: uint8 `(m, height, width, channels)`.
        features: function of uint8 images -> `(n, d)` that distances are between; by default pixels in [0, 1]. An
            extractor's features find images that look alike rather than ones that lie on top of each other.
        count: neighbours of each.

    Returns:
        `(rows, distances)`, each `(n, count)`: row numbers in `real` and Euclidean distances, nearest first.
    """
    images, real = np.asarray(images), np.asarray(real)
    if images.shape[1:] != real.shape[1:]:
        raise ValueError(f"Expected images of one shape, received: {images.shape[1:]} and real {real.shape[1:]}")
    features = features or pixels
    distances, rows = NearestNeighbors(n_neighbors=count).fit(features(real)).kneighbors(features(images))
    return rows, distances


def beside_neighbours(model, real, seeds, columns=8, labels=None, features=None):
    """Samples in rows, and in the rightmost column the real image that is nearest to the sample beside it.

    A generator that has copied its training set shows each of these pairs twice the same.

    Args:
        model: see `keras_gans.latent_space`.
        real: uint8 `(m, height, width, channels)`, e.g. the training set.
        seeds: `rows * columns` of them, row by row.
        columns: samples in a row.
        labels: one class, or one for each seed, for a conditional generator.
        features: see `nearest_neighbours`.

    Returns:
        `Sheet` of `(rows, columns + 1)` images, the last column in a yellow frame.

    Reference: Goodfellow et al., 2014, arXiv:1406.2661, figure 2.
    """
    seeds = drawing.checked_seeds(seeds)
    if len(seeds) % columns:
        raise ValueError(f"Expected full rows of {columns} samples, received: {len(seeds)} seeds")
    labels = drawing.labels_of(model, seeds, labels)
    samples = model.sample(seeds=seeds) if labels is None else model.sample(seeds=seeds, labels=labels)
    rows, _ = nearest_neighbours(samples[columns - 1 :: columns], real, features)
    samples = samples.reshape(-1, columns, *samples.shape[1:])
    return Sheet(np.concatenate([samples, np.asarray(real)[rows]], axis=1), framed=(columns,))


def pixels(images):
    """float32 `(n, height * width * channels)` in [0, 1]."""
    return images.reshape(len(images), -1).astype("float32") / 255.0
