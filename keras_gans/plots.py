"""Figures, drawn without a screen."""

import os

import numpy as np

LOSSES = ("discriminator_loss", "generator_loss")
SCORES = ("real_score", "fake_score")


def _figure(**options):
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(layout="constrained", **options)
    FigureCanvasAgg(figure)
    return figure


def scatter(points, limits=None):
    """Points `(n, 2)` as one uint8 picture `(H, W, 3)`; features beyond the second are left out."""
    figure = _figure(figsize=(4, 4), dpi=80)
    axes = figure.add_subplot()
    axes.scatter(points[:, 0], points[:, 1], s=4, alpha=0.5)
    axes.set_aspect("equal", adjustable="datalim")
    if limits is not None:
        axes.set(xlim=limits, ylim=limits)
    figure.canvas.draw()
    return np.asarray(figure.canvas.buffer_rgba())[..., :3].copy()


def training_curves(history, path):
    """Losses, penalties and scores by epoch as one PNG, written aside and renamed; returns `path`.

    Args:
        history: `{name: [value per epoch]}`, as in `fit(...).history`.
        path: of the PNG.
    """
    figure = _figure(figsize=(10, 4), dpi=100)
    left, right = figure.subplots(1, 2)
    for name, values in history.items():
        epochs = range(1, len(values) + 1)
        if name in SCORES:
            right.plot(epochs, values, label=name)
        elif name != "epoch":
            left.plot(epochs, values, label=name, linestyle="-" if name in LOSSES else "--")
    left.set(xlabel="epoch", title="losses")
    right.set(xlabel="epoch", title="mean score of D")
    for axes in (left, right):
        axes.grid(alpha=0.3)
        axes.legend()
    aside = f"{path}.part"
    figure.savefig(aside, format="png")
    os.replace(aside, path)
    return path
