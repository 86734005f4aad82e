"""The experiment of Arjovsky and Bottou: the better D is, the less the minimax game tells G."""

import json
import os
import sys

import keras
import numpy as np

from keras_gans import data
from keras_gans.callbacks import Resume
from keras_gans.diagnostics import figures
from keras_gans.diagnostics.frozen_generator import ERROR, MINIMAX, NON_SATURATING, FrozenGenerator

CURVES = ("discriminator_loss", ERROR, MINIMAX, NON_SATURATING)
_CHECKPOINT_SECONDS = 60.0


def run(configuration, out, epochs=(1, 10, 25), steps=500, verbose="auto", say=print):
    """Trains G for some epochs, freezes it, trains a new D against it, and measures what G would be told.

    Everything is kept in the folder `out`, and the same call again goes on where it stopped: `checkpoints/`,
    `generator-EPOCHS.weights.h5`, `curves-EPOCHS.json`, `vanishing_gradient.json` and `vanishing_gradient.png`.

    Args:
        configuration: a `Configuration` of the game that G is trained in; its `epochs` are not used.
        out: folder.
        epochs: after how many epochs of one training G is frozen, ascending.
        steps: of D against each frozen G.
        verbose: of `fit`, 0 for silence.
        say: called with one line on each frozen G.

    Returns:
        `{epochs: {curve: [value per step]}}`, see `FrozenGenerator`, as in the JSON file.
    """
    if not epochs or list(epochs) != sorted(set(epochs)) or epochs[0] < 1:
        raise ValueError(f"Expected ascending numbers of epochs of at least 1, received: epochs={tuple(epochs)!r}")
    if steps < 1:
        raise ValueError(f"Expected at least 1 step, received: steps={steps!r}")
    batches = data.load(configuration.dataset, seed=configuration.seed, **configuration.data)
    _claim(configuration, out, steps)
    _train_generators(configuration, batches, out, epochs, verbose)
    report = {}
    for count in epochs:
        report[count] = _kept(
            os.path.join(out, f"curves-{count}.json"),
            lambda count=count: _train_discriminator(
                configuration, batches, _generator_path(out, count), steps, verbose
            ),
        )
        say(sentence(count, report[count]))
    _write_json(os.path.join(out, "vanishing_gradient.json"), report)
    picture(report, os.path.join(out, "vanishing_gradient.png"))
    return report


def fall(curve):
    """Decades from the median of a curve's first five steps to that of its last tenth, positive where it falls."""
    start, end = np.median(curve[:5]), np.median(curve[-max(1, len(curve) // 10) :])
    # Below the smallest float32 a gradient is none: that many decades at least.
    return float(np.log10(start) - np.log10(max(end, np.finfo("float32").tiny)))


def sentence(epochs, curves):
    """One line on the curves of a generator."""
    return (
        f"G after {_epochs(epochs)}: in {len(curves[MINIMAX])} steps of D, the gradient of log(1 - D) fell by "
        f"{fall(curves[MINIMAX]):.1f} decades, that of -log D grew by {-fall(curves[NON_SATURATING]):.1f}; "
        f"D's last loss {curves['discriminator_loss'][-1]:.2g}"
    )


def _epochs(count):
    return "1 epoch" if count == 1 else f"{count} epochs"


def picture(report, path):
    """D's loss and both gradients by step, on logarithmic scales, as one PNG, written aside and renamed."""
    panels = {
        "discriminator_loss": "loss of D",
        MINIMAX: r"gradient of $\log(1 - D)$",
        NON_SATURATING: r"gradient of $-\log D$",
    }
    figure = figures.figure(13, 4)
    for axes, (name, title) in zip(figure.subplots(1, 3), panels.items()):
        for epochs, curves in report.items():
            axes.plot(range(1, len(curves[name]) + 1), curves[name], label=f"G after {_epochs(epochs)}", linewidth=1)
        axes.set(xlabel="step of D, against a frozen G", title=title, yscale="log")
        axes.grid(alpha=0.3)
    figure.axes[0].legend()
    figures.save(figure, path)


def _train_generators(configuration, batches, out, epochs, verbose):
    """Leaves the weights of G after each number of epochs, of one training."""
    if os.path.isfile(_generator_path(out, epochs[-1])):
        return
    game = configuration.build(_image_shape(batches))
    keep = keras.callbacks.LambdaCallback(
        on_epoch_end=lambda epoch, logs: _save_generator(game, out, epoch + 1) if epoch + 1 in epochs else None
    )
    resume = Resume(os.path.join(out, "checkpoints"), every_seconds=_CHECKPOINT_SECONDS)
    game.fit(batches, epochs=epochs[-1], verbose=verbose, callbacks=[keep, resume])


def _train_discriminator(configuration, batches, weights, steps, verbose):
    """`{curve: [value per step]}` of a new D against G with these weights."""
    game = configuration.build(_image_shape(batches))
    game.generator.load_weights(weights)
    frozen = FrozenGenerator(game.generator, game.discriminator, latents=game.latents, seed=configuration.seed + 1)
    frozen.compile()
    curves = {name: [] for name in CURVES}
    bar = keras.utils.Progbar(steps, verbose=1 if verbose and sys.stdout.isatty() else 0)
    for images in batches.repeat().take(steps):
        # Means over one step each.
        frozen.reset_metrics()
        logs = frozen.train_on_batch(images, return_dict=True)
        for name in CURVES:
            curves[name].append(float(logs[name]))
        bar.add(1)
    return curves


def _image_shape(batches):
    return tuple(batches.element_spec.shape[1:])


def _generator_path(out, epochs):
    return os.path.join(out, f"generator-{epochs}.weights.h5")


def _save_generator(game, out, epochs):
    aside = os.path.join(out, f"part-generator-{epochs}.weights.h5")
    game.generator.save_weights(aside)
    os.replace(aside, _generator_path(out, epochs))


def _claim(configuration, out, steps):
    """Refuses a folder with the results of other choices, which would be mixed with these."""
    os.makedirs(out, exist_ok=True)
    mine = {"configuration": json.loads(configuration.to_json()), "steps": steps}
    if _kept(os.path.join(out, "experiment.json"), lambda: mine) != mine:
        raise FileExistsError(
            f"Expected a new folder or the same experiment, received: {out}, which holds another one."
        )


def _kept(path, make):
    """What is in a JSON file, which is made if it is not there."""
    if not os.path.isfile(path):
        _write_json(path, make())
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def _write_json(path, content):
    aside = f"{path}.part"
    with open(aside, "w", encoding="utf-8") as file:
        json.dump(content, file)
        file.write("\n")
    os.replace(aside, path)
