"""The pictures of a report, each as the bytes of a PNG."""

import numpy as np

from keras_gans.callbacks.sample_grid import draw
from keras_gans.diagnostics import figures
from keras_gans.plots import LOSSES, SCORES

LIMIT_COLOUR = "tab:red"
_SHOWN = 64


def pictures(diagnosis):
    """`{title: (caption, PNG)}` of everything that there is to see of a `Diagnosis`."""
    drawn = {
        "Samples": ("Generated on the left, real on the right.", samples(diagnosis.samples, diagnosis.real)),
        "Scores": ("What the discriminator says of real and generated examples now.", scores(diagnosis.now.scores)),
        "Gradients": (
            "Norm of each layer's gradient now, in the order of the layers; the red line is 100.",
            gradient_norms(diagnosis.now.gradient_norms),
        ),
    }
    if diagnosis.history:
        drawn["Training"] = ("Losses, penalties and mean scores by epoch.", history(diagnosis.history))
    if len(diagnosis.examinations) > 1:
        drawn["Looks"] = (
            "What was measured while the run was trained: diversity (1: as real examples), accuracy, largest gradient.",
            looks(diagnosis.examinations),
        )
    return drawn


def samples(generated, real):
    """Both side by side."""
    figure = figures.figure(9, 4.5)
    for axes, (title, examples) in zip(figure.subplots(1, 2), (("generated", generated), ("real", real))):
        if examples.ndim == 4:
            picture = draw(examples[:_SHOWN])
            axes.imshow(picture[..., 0] if picture.shape[-1] == 1 else picture, cmap="gray", vmin=0, vmax=255)
            axes.axis("off")
        else:
            axes.scatter(examples[:, 0], examples[:, 1], s=6, alpha=0.5)
            limit = 1.3 * np.abs(real).max()
            axes.set(xlim=(-limit, limit), ylim=(-limit, limit), aspect="equal")
        axes.set_title(title)
    return figures.png(figure)


def scores(histogram):
    """D's scores of real and generated examples in the same bins."""
    figure = figures.figure(6, 3.2)
    axes = figure.subplots()
    edges = np.asarray(histogram["edges"])
    for name, label in (("real", "real"), ("fake", "generated")):
        axes.stairs(histogram[name], edges, fill=True, alpha=0.5, label=label)
    axes.set(xlabel="score", ylabel="examples")
    axes.legend()
    return figures.png(figure)


def gradient_norms(norms):
    """A bar for each layer of both players, on a logarithmic scale."""
    figure = figures.figure(9, 0.6 + 0.24 * max(len(layers) for layers in norms.values()))
    for axes, (player, layers) in zip(figure.subplots(1, len(norms)), norms.items()):
        places = np.arange(len(layers))
        axes.barh(places, list(layers.values()))
        axes.axvline(100.0, color=LIMIT_COLOUR, linewidth=1)
        # The shortest bar is still a bar.
        least = min([norm for norm in layers.values() if norm > 0.0], default=1.0) / 3.0
        axes.set(xscale="log", title=player, yticks=places)
        axes.set_xlim(left=least)
        axes.set_yticklabels([layer.rpartition("/")[2] for layer in layers], fontsize=8)
        axes.invert_yaxis()
        axes.grid(alpha=0.3, axis="x")
    return figures.png(figure)


def history(values_of):
    """Losses and penalties on the left, scores on the right, by epoch."""
    figure = figures.figure(9, 3.2)
    left, right = figure.subplots(1, 2)
    for name, values in values_of.items():
        axes, style = (right, "-") if name in SCORES else (left, "-" if name in LOSSES else "--")
        axes.plot(range(1, len(values) + 1), values, style, label=name, marker="." if len(values) == 1 else None)
    for axes in (left, right):
        axes.set_xlabel("epoch")
        axes.grid(alpha=0.3)
        axes.legend(fontsize=8)
    return figures.png(figure)


def looks(examinations):
    """Diversity, accuracy and the largest gradient by step."""
    steps = [found.step for found in examinations]
    figure = figures.figure(9, 3.2)
    left, middle, right = figure.subplots(1, 3)
    left.plot(steps, [found.diversity for found in examinations])
    left.set(title="diversity", ylim=(0, None))
    for name in ("real_accuracy", "fake_accuracy"):
        middle.plot(steps, [getattr(found, name) for found in examinations], label=name.partition("_")[0])
    middle.set(title="accuracy of D", ylim=(-0.02, 1.02))
    middle.legend(fontsize=8)
    right.plot(steps, [found.largest_gradient[2] for found in examinations])
    right.axhline(100.0, color=LIMIT_COLOUR, linewidth=1)
    right.set(title="largest gradient", yscale="log")
    for axes in (left, middle, right):
        axes.set_xlabel("step")
        axes.grid(alpha=0.3)
    return figures.png(figure)
