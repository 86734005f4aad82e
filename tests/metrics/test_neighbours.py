"""Balls of nearest neighbours, closed and open, far from the origin too."""

import numpy as np
import pytest

from keras_gans.metrics.neighbours import NeighbourBalls, nearest_distances

LINE = np.array([[0.0], [1.0], [3.0], [7.0]])


@pytest.mark.parametrize(("k", "radii"), [(1, [1, 1, 2, 4]), (2, [3, 2, 3, 6]), (3, [7, 6, 4, 7])])
def test_radii(k, radii):
    np.testing.assert_allclose(NeighbourBalls(LINE, k).radii, radii)


def test_surface():
    balls = NeighbourBalls(LINE, 1)
    points = np.array([[2.0], [11.0]])
    np.testing.assert_array_equal(np.concatenate(list(balls.closed(points))), [[0, 1, 1, 0], [0, 0, 0, 1]])
    np.testing.assert_array_equal(np.concatenate(list(balls.open(points))), [[0, 0, 1, 0], [0, 0, 0, 0]])


@pytest.mark.parametrize("d", [2, 64])
def test_rounding_decides_nothing(d):
    # Each k-th neighbour lies on the surface; of many dimensions, distances of copies are not exactly 0.
    points = np.random.default_rng(0).normal(size=(200, d))
    balls = NeighbourBalls(points, 3)
    assert (np.concatenate(list(balls.closed(points))).sum(axis=1) >= 1).all()
    np.testing.assert_array_equal(np.concatenate(list(balls.closed(points))).sum(axis=0), 4)
    np.testing.assert_array_equal(np.concatenate(list(balls.open(points))).sum(axis=0), 3)


def test_nearest_distances():
    np.testing.assert_allclose(nearest_distances(np.array([[2.5], [7.0]]), LINE), [0.5, 0.0])
    points = np.random.default_rng(0).normal(size=(50, 64))
    assert np.all(nearest_distances(points, points) == 0.0)
