"""Strips: what a game makes, step by step, beside what it should make; as in Metz et al.'s figure 1."""

import os

import numpy as np

from keras_gans import images


def density(points, extent, size=96):
    """The density of points `(n, 2)` in [-extent, extent]^2 as a heat map, uint8 `(size, size, 3)`.

    The root of the smoothed histogram is drawn, so that a thin mode is seen beside a thick one.
    """
    from matplotlib import colormaps
    from scipy.ndimage import gaussian_filter

    points = np.asarray(points)
    edges = np.linspace(-extent, extent, size + 1)
    counts, _, _ = np.histogram2d(-points[:, 1], points[:, 0], bins=(edges, edges))
    heat = np.sqrt(gaussian_filter(counts, sigma=1.0))
    return (255 * colormaps["magma"](heat / max(heat.max(), 1e-12))[..., :3]).astype("uint8")


def save(path, pictures):
    """Writes pictures of one size side by side as one PNG."""
    images.save_png(path, np.concatenate(pictures, axis=1))


def load(path, width):
    """The pictures of a PNG that `save` has written, each `width` pixels wide."""
    from PIL import Image

    strip = np.asarray(Image.open(path).convert("RGB"))
    return np.split(strip, strip.shape[1] // width, axis=1)


def sheet(path, rows, target, steps):
    """Draws strips below one another, the target at the end of each, as one PNG, written aside and renamed.

    Args:
        path: of the PNG.
        rows: label -> pictures `(H, W, 3)`, at equal distances over the steps.
        target: a picture.
        steps: how many steps the last picture has seen.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    columns = max(len(pictures) for pictures in rows.values())
    figure = Figure(figsize=(1.15 * (columns + 1) + 1.8, 1.15 * len(rows) + 0.5), layout="constrained", dpi=110)
    FigureCanvasAgg(figure)
    grid = figure.subplots(len(rows), columns + 1, squeeze=False)
    for axes, (label, pictures) in zip(grid, rows.items()):
        for column, axis in enumerate(axes):
            picture = target if column == columns else pictures[column] if column < len(pictures) else None
            if picture is None:
                axis.axis("off")
                continue
            axis.imshow(picture, interpolation="nearest")
            axis.set(xticks=[], yticks=[])
        axes[0].set_ylabel(label.replace("[", "\n["), rotation=0, ha="right", va="center", fontsize=9)
    for column, axis in enumerate(grid[0]):
        title = "target" if column == columns else f"step {steps * (column + 1) // columns:,}"
        axis.set_title(title, fontsize=9)
    aside = f"{path}.part"
    figure.savefig(aside, format="png")
    os.replace(aside, path)
