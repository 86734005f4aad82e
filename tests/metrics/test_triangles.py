"""Distances of images to the triangles' manifold, and F1 from them."""

import numpy as np
import pytest
from scipy.ndimage import gaussian_filter

from keras_gans.data.triangles import rasterize, vertices
from keras_gans.metrics import TriangleScores, f1_triangles, triangle_distance


@pytest.fixture(scope="module")
def triangles():
    return rasterize(vertices()[60_000:60_012])[..., None]


def nothing_found(images):
    return np.full(len(images), 10.0)


def exact(images):
    return np.zeros(len(images))


def test_triangles_lie_on_the_manifold(triangles):
    assert triangle_distance(triangles).max() < 0.01


def test_other_images_do_not(triangles):
    blurred = gaussian_filter(triangles.astype("float64"), (0, 1.0, 1.0, 0)).astype("uint8")
    assert triangle_distance(blurred[:6]).min() > 2
    assert triangle_distance(255 - triangles[:2]).min() > 400
    # Else an empty image would count as a very thin triangle.
    assert triangle_distance(np.full((1, 28, 28, 1), 255, "uint8"))[0] > 5


def test_distance_is_that_of_the_nearest_triangle(triangles):
    changed = triangles[:3].copy()
    changed[:, 0, 0] = 0  # a black pixel in the corner, one unit of squared distance away from any triangle
    np.testing.assert_allclose(triangle_distance(changed), 1.0, atol=0.02)


def test_perfect_generator(triangles):
    assert f1_triangles(triangles[:6], triangles[6:], exact) == TriangleScores(1.0, 1.0, 1.0)


def test_precision_and_recall(triangles):
    generated = np.concatenate([triangles[:3], 255 - triangles[:1]])
    found = f1_triangles(generated, triangles[6:], lambda images: np.arange(len(images)), delta=2.5)
    assert (found.precision, found.recall) == (0.75, 0.5)
    assert found.f1 == pytest.approx(2 * 0.75 * 0.5 / 1.25)


def test_nothing_right(triangles):
    assert f1_triangles(255 - triangles[:2], triangles[6:], nothing_found) == TriangleScores(0.0, 0.0, 0.0)


@pytest.mark.parametrize(
    ("invert", "delta", "message"),
    [
        (exact, 0.0, "squared distance above 0, received: delta=0.0"),
        (lambda images: np.full(len(images), np.nan), 0.75, "Expected 2 finite distances from invert"),
        (lambda images: np.zeros(len(images) + 1), 0.75, "Expected 2 finite distances from invert"),
    ],
)
def test_refused(triangles, invert, delta, message):
    with pytest.raises(ValueError, match=message):
        f1_triangles(triangles[:1], triangles[:2], invert, delta=delta)


def test_refused_shapes(triangles):
    with pytest.raises(ValueError, match=r"shape \(n, 28, 28, 1\), received: shape=\(12, 27, 28, 1\)"):
        triangle_distance(triangles[:, 1:])
