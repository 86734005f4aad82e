"""A run: a folder with everything that one training leaves, from which the same command goes on.

run.json                 the configuration, versions, state
checkpoints/             full checkpoints, the last two
samples/epoch-0001.png   the same seeds after every epoch
logs/                    TensorBoard
diagnostics/             what the callback `Diagnostics` has seen
history.csv curves.png   losses and scores by epoch
model.keras samples.png  the trained model and a grid of its samples
"""

import contextlib
import csv
import json
import os
import sys
import zipfile

import keras

from keras_gans import callbacks, distribution, images, plots
from keras_gans._version import __version__
from keras_gans.callbacks.resume import WEIGHTS, latest_checkpoint
from keras_gans.callbacks.sample_grid import draw
from keras_gans.configuration import Configuration
from keras_gans.machine import hardware

RUN, MODEL, HISTORY, DIAGNOSTICS = "run.json", "model.keras", "history.csv", "diagnostics"


def train(configuration, out, verbose="auto", checkpoint_seconds=60.0, strategy=None):
    """Trains a configuration in the folder `out`, or goes on with the run that is there, which may get more epochs.

    Args:
        configuration: a `Configuration`.
        out: the run's folder; with several workers one that all of them see.
        verbose: of `fit`.
        checkpoint_seconds: time between two checkpoints; several workers save every 200 steps instead.
        strategy: a `tf.distribute.Strategy`, e.g. of `keras_gans.distribution`, or None.

    Returns:
        The trained game.

    Raises:
        FileExistsError: where `out` holds a run of another configuration or of more epochs, or other files.
        ArithmeticError: where training diverged; the last good checkpoint is kept.
    """
    chief = distribution.is_chief()
    if chief:
        _refuse_other_contents(configuration, out)
    data, image_shape = _data(configuration)
    with contextlib.nullcontext() if strategy is None else strategy.scope():
        model = configuration.build(image_shape)
    if chief:
        # Only now is the folder this run's: what fails above can be mended and tried again with the same --out.
        os.makedirs(out, exist_ok=True)
        _write(out, configuration, state="training")
    alarm, resume = callbacks.DivergenceAlarm(), _resume(out, checkpoint_seconds)
    model.fit(
        **data,
        epochs=configuration.epochs,
        verbose=verbose if chief else 0,
        callbacks=[alarm, *(_reporters(configuration, out) if chief else []), resume],
    )
    if alarm.verdict is not None:
        if chief:
            _write(out, configuration, state="diverged", verdict=alarm.verdict)
        raise ArithmeticError(str(alarm))
    if chief:
        _finish(configuration, out, model, resume.seconds)
    return model


def _reporters(configuration, out):
    """The callbacks that write what people look at."""
    log_dir = os.path.join(out, "logs") if keras.backend.backend() == "tensorflow" else None
    return [
        callbacks.SampleGrid(os.path.join(out, "samples"), log_dir=log_dir),
        *([keras.callbacks.TensorBoard(log_dir, write_graph=False)] if log_dir else []),
        keras.callbacks.CSVLogger(os.path.join(out, HISTORY), append=True),
        # Looks at the players' gradients would have to be made by all workers.
        *([] if distribution.has_several_workers() else [_diagnostics(configuration, out, log_dir)]),
    ]


def _diagnostics(configuration, out, log_dir):
    """Looks that take little of the time, and no more memory than the steps."""
    part = configuration.data["batch_size"] // configuration.compile.get("accumulate", 1)
    return callbacks.Diagnostics(
        configuration.dataset,
        os.path.join(out, DIAGNOSTICS),
        share_of_time=0.02,
        log_dir=log_dir,
        n=max(part, 2),
        split=configuration.data["split"],
    )


def _resume(out, checkpoint_seconds):
    folder = os.path.join(out, "checkpoints")
    if distribution.has_several_workers():
        return callbacks.Resume(folder, every_steps=200, every_seconds=None)
    return callbacks.Resume(folder, every_seconds=checkpoint_seconds)


def load_run(path):
    """The game of a run folder: the trained model, or of an unfinished run the last checkpoint.

    Raises:
        FileNotFoundError: where `path` is no run, or has no checkpoint yet.
        ValueError: where a file of the run is damaged.
    """
    model = os.path.join(path, MODEL)
    checkpoint = None if _state(path) == "trained" else latest_checkpoint(os.path.join(path, "checkpoints"))
    # A finished run that goes on with more epochs keeps its model until it has the next one.
    if checkpoint is None and os.path.isfile(model):
        if not zipfile.is_zipfile(model):
            raise ValueError(
                f"Expected a saved model, received: {model}, which is damaged: remove it, and the run is loaded from "
                "its last checkpoint."
            )
        return keras.saving.load_model(model)
    configuration = read_configuration(path)
    checkpoint = checkpoint or latest_checkpoint(os.path.join(path, "checkpoints"))
    if checkpoint is None:
        raise FileNotFoundError(f"Expected a run with a model or a checkpoint, received: {path}, which has none yet.")
    model = configuration.build(_image_shape(configuration))
    model.load_weights(os.path.join(checkpoint, WEIGHTS))
    return model


def read_configuration(path):
    """The `Configuration` of a run folder."""
    try:
        with open(os.path.join(path, RUN), encoding="utf-8") as file:
            return Configuration(**json.load(file)["configuration"])
    except FileNotFoundError:
        raise FileNotFoundError(f"Expected the folder of a run (with {RUN}), received: {path}") from None
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"Expected a run's configuration in {os.path.join(path, RUN)}, received: {error}") from None


def _state(path):
    """ "training", "trained" or "diverged"; None where no run.json says so."""
    try:
        with open(os.path.join(path, RUN), encoding="utf-8") as file:
            return json.load(file)["state"]
    except (OSError, KeyError, TypeError, ValueError):
        return None


def read_history(path):
    """`{name: [value per epoch]}` of a run; where an epoch was trained twice after a crash, the later row counts."""
    with open(os.path.join(path, HISTORY), encoding="utf-8", newline="") as file:
        rows = {int(row["epoch"]): row for row in csv.DictReader(file) if (row["epoch"] or "").isdigit()}
    ordered = [rows[epoch] for epoch in sorted(rows)]
    # Keras' CSVLogger writes "NA" into the columns of a validation that there was not.
    names = [name for name in (ordered[0] if ordered else ()) if name != "epoch" and ordered[0][name] != "NA"]
    return {name: [float(row[name]) for row in ordered] for name in names}


def _refuse_other_contents(configuration, out):
    """Refuses a folder that holds anything but this run, of as many epochs or fewer."""
    if os.path.isfile(os.path.join(out, RUN)):
        there = read_configuration(out)
        mine = Configuration.from_json(configuration.to_json())
        differing = [name for name, value in vars(mine).items() if value != getattr(there, name)]
        if differing == ["epochs"] and mine.epochs < there.epochs:
            raise FileExistsError(
                f"Expected at least the {there.epochs} epochs of the run in {out}, received: epochs={mine.epochs}"
            )
        if differing not in ([], ["epochs"]):
            raise FileExistsError(
                f"Expected a new folder or the same run, received: {out}, which holds a run that differs in "
                f"{', '.join(differing)}: choose another folder, or remove it."
            )
    elif os.path.isdir(out) and os.listdir(out):
        raise FileExistsError(f"Expected a new or empty folder, or a run, received: {out}, which holds other files.")


def _write(out, configuration, **facts):
    record = {
        "configuration": vars(configuration),
        "command": " ".join(["keras-gans", *sys.argv[1:]]),
        "keras_gans": __version__,
        "keras": keras.__version__,
        "backend": keras.backend.backend(),
        "device": hardware(),
        **facts,
    }
    aside = os.path.join(out, f"{RUN}.part")
    with open(aside, "w", encoding="utf-8") as file:
        json.dump(record, file, indent=2)
        file.write("\n")
    os.replace(aside, os.path.join(out, RUN))


def _data(configuration):
    """The training data as arguments of `fit` on this backend, and the shape of one example."""
    from keras_gans import data

    if keras.backend.backend() == "tensorflow":
        dataset = data.load(
            configuration.dataset,
            discriminator_steps=configuration.discriminator_steps,
            labels=configuration.uses_labels,
            seed=configuration.seed,
            **configuration.data,
        )
        spec = dataset.element_spec[0] if configuration.uses_labels else dataset.element_spec
        return {"x": dataset}, tuple(spec.shape[1:])
    section = configuration.data
    if section.get("single_label"):
        raise ValueError("Expected the TensorFlow backend for batches of one class, received: data.single_label=true")
    examples, labels = data.arrays(configuration.dataset, section["split"], section["image_size"])
    examples = examples.astype("float32") / 127.5 - 1.0 if examples.dtype == "uint8" else examples
    labels = labels if configuration.uses_labels else None
    return {"x": examples, "y": labels, "batch_size": section["batch_size"]}, examples.shape[1:]


def _image_shape(configuration):
    return _data(configuration)[1]


def _finish(configuration, out, model, seconds):
    aside = os.path.join(out, f"part-{MODEL}")
    model.save(aside)
    os.replace(aside, os.path.join(out, MODEL))
    images.save_png(os.path.join(out, "samples.png"), draw(model.sample(64)))
    plots.training_curves(read_history(out), os.path.join(out, "curves.png"))
    _write(out, configuration, state="trained", seconds=round(seconds, 1))
