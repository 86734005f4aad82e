import numpy as np
import pytest
from matplotlib.path import Path
from scipy.ndimage import uniform_filter
from sklearn.neighbors import KNeighborsClassifier

from keras_gans import data
from keras_gans.data import embedded
from keras_gans.data.triangles import rasterize, vertices


@pytest.fixture(scope="module")
def triangles():
    images, labels = data.arrays("triangles")
    assert labels is None
    return images


@pytest.mark.parametrize("name", embedded.classes())
def test_every_embedded_data_set_keeps_the_contract(name):
    source = embedded.classes()[name]()
    assert "train" in source.splits and name in data.names() and "\n" not in data.names()[name]
    examples, labels = data.arrays(name, split=source.splits[-1])
    again, _ = data.arrays(name, split=source.splits[-1])
    data.check_images(examples)
    assert np.array_equal(examples, again)
    assert labels is None or (labels.dtype == np.int32 and labels.shape == (len(examples),))
    with pytest.raises(ValueError, match=f"{name}.*train.*'nowhere'"):
        data.arrays(name, split="nowhere")


def test_digits_can_be_told_apart():
    images, labels = data.arrays("digits")
    others, answers = data.arrays("digits", split="test")
    assert images.shape == (1500, 28, 28, 1) and others.shape == (297, 28, 28, 1) and images.dtype == np.uint8
    assert not {image.tobytes() for image in images} & {image.tobytes() for image in others}
    assert images.min() == 0 and images.max() == 255 and sorted(set(labels)) == list(range(10))
    judge = KNeighborsClassifier(3).fit(images.reshape(1500, -1) / 255, labels)
    assert judge.score(others.reshape(297, -1) / 255, answers) >= 0.97


def test_digits_of_another_size_are_enlarged_from_the_original():
    images, _ = data.arrays("digits", split="test", image_size=(10, 10))
    assert images.shape == (297, 10, 10, 1)
    assert not images[:, [0, -1]].any() and not images[:, :, [0, -1]].any()  # the margin of one pixel
    assert set(np.unique(images)) <= set(np.rint(np.arange(17) * 255 / 16).astype(int))


def test_triangles_have_the_published_sizes_and_statistics(triangles):
    assert triangles.shape == (60_000, 28, 28, 1) and triangles.dtype == np.uint8
    pixels = triangles[:6000, ..., 0] / 255
    area = (1 - pixels).sum(axis=(1, 2))
    assert pixels.mean() == pytest.approx(0.8674, abs=0.002)
    assert area.mean() == pytest.approx(104, abs=1)
    assert 18 < area.min() < 22 and 142 < area.max() < 144
    assert ((pixels > 0) & (pixels < 1)).mean() == pytest.approx(0.070, abs=0.001)
    assert np.square(pixels[:3000] - pixels[3000:]).sum(axis=(1, 2)).mean() == pytest.approx(62.7, abs=2)


def test_splits_of_the_triangles_differ(triangles):
    test, _ = data.arrays("triangles", split="test")
    holdout, _ = data.arrays("triangles", split="holdout")
    assert len(test) == len(holdout) == 10_000
    assert len({image.tobytes() for part in (triangles[:2000], test[:2000], holdout[:2000]) for image in part}) == 6000


def test_corners_lie_around_the_middle_with_at_least_ten_degrees_between_them():
    corners = vertices(4000, seed=1) - 14
    assert np.abs(corners.mean(axis=1)).max() < 1e-9
    middles = _circumcentres(corners)
    spokes = corners - middles[:, None]
    assert np.allclose(np.linalg.norm(spokes, axis=-1), 10.5)
    angles = np.sort(np.degrees(np.arctan2(spokes[..., 1], spokes[..., 0])), axis=1)
    gaps = np.diff(np.concatenate([angles, angles[:, :1] + 360], axis=1), axis=1)
    assert 10 <= gaps.min() < 15  # not 20, as the setting says


def test_triangles_are_turned_by_less_than_seven_degrees():
    corners = vertices(4000, seed=1)
    spokes = corners - _circumcentres(corners)[:, None]
    angles = np.degrees(np.arctan2(spokes[..., 1], spokes[..., 0]))
    offsets = (
        angles - 120 * np.arange(3)
    ) % 360  # each vertex stays in its third of the circle, 10..120 before the turn
    assert 10 - 2 * np.pi <= offsets.min() < 5 and 118 < offsets.max() <= 120


def test_rasters_equal_a_point_by_point_test():
    corners = vertices(20, seed=2)
    points = np.stack(np.meshgrid(np.arange(224), np.arange(224), indexing="ij"), axis=-1).reshape(-1, 2)
    for triangle, image in zip(corners, rasterize(corners), strict=True):
        inside = Path(triangle * 8).contains_points(points).reshape(224, 224).astype(float)
        share = uniform_filter(inside, size=8, mode="constant", origin=-1)[::8, ::8]  # pixel k: subpixels 8k-3..8k+4
        assert np.abs(image - 255 * (1 - share)).max() <= 0.5 + 1e-6


def _circumcentres(corners):
    """The middle of the circle through three points: equal distances give two linear equations."""
    sides = corners[:, 1:] - corners[:, :1]
    squares = np.square(corners).sum(axis=-1)
    return np.linalg.solve(2 * sides, (squares[:, 1:] - squares[:, :1])[..., None])[..., 0]
