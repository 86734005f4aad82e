"""Distances to nearest neighbours, with the care that rounding asks for."""

import numpy as np
from sklearn.metrics import pairwise_distances_chunked
from sklearn.neighbors import NearestNeighbors

_ROUNDING = 1e-7  # |x|^2 - 2 x.y + |y|^2 gives equal points a distance of up to sqrt(epsilon) |x| instead of 0


class NeighbourBalls:
    """A ball around each point of a set, as large as the distance to its k-th nearest neighbour in that set.

    Points on the surface of a ball, among them copies of its k-th neighbour, are told from rounding: a closed ball
    holds them, an open one does not.

    Args:
        centres: float64 `(n, d)`, n > k, with the origin nearby (see `arrays.centred`).
        k: which neighbour.
    """

    def __init__(self, centres, k):
        self.centres = centres
        self.radii = NearestNeighbors(n_neighbors=k).fit(centres).kneighbors()[0][:, -1]
        self._slack = rounding(centres)

    def closed(self, points):
        """For a few points at a time, which balls hold them, the surface included: bool `(points, n)`."""
        return (distances <= self.radii + self._slack for distances in self._distances(points))

    def open(self, points):
        """For a few points at a time, which balls hold them, the surface excluded: bool `(points, n)`."""
        return (distances < self.radii - self._slack for distances in self._distances(points))

    def _distances(self, points):
        return pairwise_distances_chunked(points, self.centres, working_memory=64)


def nearest_distances(points, neighbours):
    """Distance of each point to its nearest neighbour, `(n,)`; exactly 0 for copies."""
    distances = NearestNeighbors(n_neighbors=1).fit(neighbours).kneighbors(points)[0][:, 0]
    return np.where(distances > rounding(neighbours), distances, 0.0)


def rounding(points):
    """Distances up to this one may be 0, for points about as far from the origin as these."""
    return _ROUNDING * np.sqrt(np.mean(np.sum(points**2, axis=1)))
