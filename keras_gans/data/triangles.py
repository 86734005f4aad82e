"""The convex triangles of Lucic et al.: images whose manifold is known, for precision and recall."""

import numpy as np

from keras_gans.data.embedded import Embedded, register
from keras_gans.data.resizing import resize

SIZE = 28
_SUBPIXELS = 8  # per side of a pixel
_BEFORE = 3  # a pixel's box begins three subpixels before its own corner: an even box has no middle
_RADIUS = 0.75 * SIZE / 2
_ROWS = {"train": slice(0, 60_000), "test": slice(60_000, 70_000), "holdout": slice(70_000, 80_000)}


@register("triangles")
class Triangles(Embedded):
    """Random triangles, black on white, 28x28x1: 60,000 train, 10,000 test, 10,000 holdout.

        angle_i = 120 i + 10 + 110 U[0, 1] degrees, i = 0, 1, 2, on a circle of radius 10.5 pixels,
        turned by one random angle, moved so that the mean of the vertices is the middle of the image;
        value = 255 * (the share of a pixel's 8x8 subpixels that lie outside)

    Generated in a second or two, always the same: the draws of the authors' released code with its seed 0, whose two
    quirks are kept. The turn is taken in radians and converted again, so it is 0..6.28 degrees, not all around; and
    neighbouring vertices are at least 10 degrees apart, half of what min_segment_angle=20 says. So the manifold has
    three dimensions, not four, give or take the small turn.

    Reference: Lucic et al., 2018, arXiv:1711.10337.
    """

    splits = tuple(_ROWS)

    def arrays(self, split="train", image_size=None):
        self.check_split(split)
        images = [rasterize(part) for part in np.array_split(vertices()[_ROWS[split]], 50)]
        return resize(np.concatenate(images)[..., None], image_size), None


def vertices(count=80_000, seed=0):
    """The corners of `count` triangles in pixels, `(count, 3, 2)`: rows first, then columns."""
    random = np.random.RandomState(seed)
    draws = random.uniform(size=(count, 4))
    angles = np.radians(120 * np.arange(3) + 10 + 110 * draws[:, :3])
    corners = _RADIUS * (1 + np.stack([np.cos(angles), np.sin(angles)], axis=-1))
    turn = np.radians(2 * np.pi * draws[:, 3])
    cosine, sine = np.cos(turn), np.sin(turn)
    rotation = np.stack([cosine, -sine, sine, cosine], axis=-1).reshape(-1, 2, 2)
    corners = corners @ rotation
    corners += SIZE / 2 - corners.mean(axis=1, keepdims=True)
    return corners[random.permutation(count)]


def rasterize(corners):
    """Triangles `(n, 3, 2)` in pixels as uint8 `(n, 28, 28)`, 0 inside and 255 outside.

    A line of subpixels meets a convex shape in one interval, so each line costs two crossings, not 224 tests.
    """
    first, after = _intervals(corners * _SUBPIXELS)
    ends = _SUBPIXELS * np.arange(SIZE) - _BEFORE
    # covered[p, k]: how many of the subpixels of the k-th pixel of a line come before the p-th subpixel
    covered = np.clip(np.arange(SIZE * _SUBPIXELS + 1)[:, None] - ends, 0, _SUBPIXELS).astype("int8")
    lines = covered[after] - covered[first]
    lines = np.pad(lines, ((0, 0), (_BEFORE, 0), (0, 0)))[:, : SIZE * _SUBPIXELS]
    inside = lines.reshape(-1, SIZE, _SUBPIXELS, SIZE).sum(axis=2, dtype="int16")
    return np.rint(255 - inside * (255 / _SUBPIXELS**2)).astype("uint8")


def _intervals(corners):
    """For each triangle and line of subpixels, the first subpixel inside and the one after the last, `(n, 224)`."""
    lines = np.arange(SIZE * _SUBPIXELS)
    start = corners[:, :, None, :]
    side = np.roll(corners, -1, axis=1)[:, :, None, :] - start
    with np.errstate(divide="ignore", invalid="ignore"):  # a side along the lines crosses none
        share = (lines - start[..., 0]) / side[..., 0]
    crosses = (share >= 0) & (share <= 1)
    position = start[..., 1] + share * side[..., 1]
    first = np.ceil(np.where(crosses, position, np.inf).min(axis=1)).clip(0, len(lines))
    after = np.floor(np.where(crosses, position, -np.inf).max(axis=1) + 1).clip(0, len(lines))
    return first.astype("int16"), np.maximum(first, after).astype("int16")
