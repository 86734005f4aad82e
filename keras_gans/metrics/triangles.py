"""Precision and recall on triangles, whose manifold is known: nothing has to be estimated from neighbours."""

import dataclasses

import numpy as np

from keras_gans.data import triangles
from keras_gans.metrics.arrays import as_images

RADIUS = 10.5  # of the circle that the corners lie on, in pixels
_WIDEST, _TURN = 110.0, 2 * np.pi  # degrees; `data.triangles.Triangles` says why the turn is 6.28 of them
_GRID = 10.0
_FINEST = 0.05


@dataclasses.dataclass(frozen=True)
class TriangleScores:
    """Precision, recall and their harmonic mean F1, each in [0, 1]. Higher is better; a perfect generator has 1."""

    precision: float
    recall: float
    f1: float


def f1_triangles(generated, test, invert, delta=0.75):
    """Precision, recall and F1 of a generator of triangles, as Lucic et al. define them.

        precision = share of generated images with  min over triangles t of |x - t|^2 < delta
        recall    = share of test images with       min over latents z of |x - G(z)|^2 < delta
        F1        = 2 P R / (P + R),  0 where both are 0

    Squared distances are summed over the 784 pixels of images in [0, 1]. Higher is better.

    Args:
        generated: uint8 images `(n, 28, 28, 1)`; the paper takes 1,024.
        test: held-out uint8 triangles of that shape; the paper takes 1,024.
        invert: callable from uint8 images `(m, 28, 28, 1)` to the smallest squared distances `(m,)` that the generator
            reaches; `latent_inversion.LatentInversion` makes one of a generator.
        delta: squared distance that still counts as equal; the paper's 0.75, about a shift of a corner by 0.4 pixels.

    Returns:
        `TriangleScores`.

    Reference: Lucic et al., 2018, arXiv:1711.10337, section 6.
    """
    if not delta > 0:
        raise ValueError(f"Expected a squared distance above 0, received: delta={delta!r}")
    test = _as_triangles(test, "test images")
    reached = np.asarray(invert(test), np.float64)
    if reached.shape != (len(test),) or not np.isfinite(reached).all():
        raise ValueError(f"Expected {len(test)} finite distances from invert, received: {reached!r}")
    precision, recall = float(np.mean(triangle_distance(generated) < delta)), float(np.mean(reached < delta))
    both = precision + recall
    return TriangleScores(precision, recall, 2.0 * precision * recall / both if both else 0.0)


def triangle_distance(images, starts=2):
    """Squared distance of images to the nearest triangle of the data set, `(n,)`, float64. Lower is better.

    All triangles on a grid of 10 degrees are compared first; a compass search over the three angles goes on from the
    `starts` nearest ones, down to steps of 0.05 degrees. Each corner keeps to its own third of the circle, as in the
    data: else an empty image would count as a very thin triangle.

    Args:
        images: uint8 `(n, 28, 28, 1)`, dark triangles on white.
        starts: grid triangles to search from.
    """
    images = _as_triangles(images, "images")
    pixels = images.reshape(len(images), -1) / 255.0
    grid = np.stack(np.meshgrid(*[np.arange(0.0, _WIDEST + 1.0, _GRID)] * 3, indexing="ij"), axis=-1).reshape(-1, 3)
    templates = _render(grid)
    distances = (pixels**2).sum(axis=1)[:, None] - 2.0 * pixels @ templates.T + (templates**2).sum(axis=1)
    nearest = np.argpartition(distances, starts, axis=1)[:, :starts]
    return np.min([_compass_search(pixels, grid[column]) for column in nearest.T], axis=0)


def _compass_search(pixels, angles):
    """The smallest distances found by moving, for each image, to the best of 26 neighbours, or halving its step."""
    moves = np.stack(np.meshgrid(*[(-1.0, 0.0, 1.0)] * 3), axis=-1).reshape(-1, 3)
    best = ((_render(angles) - pixels) ** 2).sum(axis=1)
    step = np.full(len(pixels), _GRID / 2)
    while (active := np.flatnonzero(step > _FINEST)).size:
        trials = _on_manifold(angles[active, None] + step[active, None, None] * moves)
        rendered = _render(trials.reshape(-1, 3)).reshape(len(active), len(moves), -1)
        distances = ((rendered - pixels[active, None]) ** 2).sum(axis=2)
        chosen = distances.argmin(axis=1)
        rows = np.arange(len(active))
        better = distances[rows, chosen] < best[active]
        angles[active[better]] = trials[rows, chosen][better]
        best[active[better]] = distances[rows, chosen][better]
        step[active[~better]] /= 2
    return best


def _on_manifold(offsets):
    """The offsets of the corners that the data set has: within 110 degrees of each other, give or take the turn."""
    offsets = np.clip(offsets, -_TURN, _WIDEST)
    return np.maximum(offsets, offsets.max(axis=-1, keepdims=True) - _WIDEST)


def _render(offsets):
    """Triangles with corners at 120 i + 10 + offset_i degrees, `(n, 784)` in [0, 1]."""
    angles = np.radians(120.0 * np.arange(3) + 10.0 + offsets)
    corners = RADIUS * np.stack([np.cos(angles), np.sin(angles)], axis=-1)
    corners += triangles.SIZE / 2 - corners.mean(axis=1, keepdims=True)
    parts = np.array_split(corners, max(len(corners) // 1000, 1))
    return np.concatenate([triangles.rasterize(part) for part in parts]).reshape(len(corners), -1) / 255.0


def _as_triangles(images, name):
    images = as_images(images, name)
    if images.shape[1:] != (triangles.SIZE, triangles.SIZE, 1):
        raise ValueError(f"Expected {name} of shape (n, 28, 28, 1), received: shape={images.shape}")
    return images
