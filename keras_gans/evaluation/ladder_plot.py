"""The corruption ladder as a figure."""

import os
import pathlib

import numpy as np

from keras_gans import images
from keras_gans.evaluation.corruptions import CORRUPTIONS


def draw(ladder, example, path):
    """One PNG: for each corruption an example at every strength, above the score against the strength.

    Args:
        ladder: what `corruption_ladder` gives.
        example: one uint8 image `(height, width, channels)`.
        path: of the PNG, which is written aside and renamed; its folder is made where it lacks.
    """
    from matplotlib.figure import Figure

    figure = Figure(figsize=(13, 3.6), dpi=100, layout="constrained")
    rows = figure.subplots(2, len(ladder), height_ratios=(1, 3.4))
    for (name, steps), strip, axes in zip(ladder.items(), *rows, strict=True):
        strip.imshow(_strip(name, example, [strength for strength, _ in steps]), cmap="gray", vmin=0, vmax=255)
        strip.set_axis_off()
        strip.set_title(name.replace("_", " "), fontsize=11)
        axes.plot([strength for strength, _ in steps], [result.value for _, result in steps], marker="o")
        axes.set(xlabel="strength", ylim=(0, None))
        axes.grid(alpha=0.3)
    result = next(iter(ladder.values()))[0][1]
    rows[1][0].set_ylabel(result.metric)
    figure.suptitle(f"{result.reference['data']}, {result.extractor}", fontsize=10)
    path = pathlib.Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f"{path.name}.part")
    figure.savefig(aside, format="png")
    os.replace(aside, path)


def _strip(name, example, strengths):
    corrupt, _ = CORRUPTIONS[name]
    spoiled = [corrupt(example[None], strength)[0] if strength else example for strength in strengths]
    return images.grid(np.stack(spoiled), columns=len(spoiled), gap=2).squeeze(-1 if example.shape[-1] == 1 else ())
