"""From a game to a version directory that TensorFlow Serving picks up."""

import contextlib
import errno
import itertools
import os
import pathlib
import shutil
import uuid

import keras
import tensorflow as tf

from keras_gans.exports import card, probe, verification, warmup
from keras_gans.exports.signature import MOST_ROWS
from keras_gans.exports.signatures import GameSignatures


def export(model, base_path, version=None, *, verify=True, most_rows=MOST_ROWS):
    """Writes a game as the SavedModel `base_path/<version>`, ready to be served.

        keras_gans.export("runs/demo", "exports/demo")      # exports/demo/1

    The directory is written beside its place, verified in a fresh process and then renamed: a server that watches
    `base_path` never sees half a version, and a broken export never takes a number.

    Args:
        model: an `AdversarialModel`, the folder of a run, or a preset's name or folder.
        base_path: of the model; its last part is the name under which it is served.
        version: integer >= 1; None for the number after the highest that is there.
        verify: whether to check the export as `keras-gans verify-export` does.
        most_rows: most images that a request may ask for.

    Returns:
        The path of the version directory.

    Raises:
        FileExistsError: where the version is there: no version is ever overwritten.
        ValueError: where the export is broken; nothing is left of it then.
    """
    if keras.backend.backend() != "tensorflow":
        raise ValueError(f"Expected the TensorFlow backend for an export, received: {keras.backend.backend()}")
    if version is not None and (isinstance(version, bool) or not isinstance(version, int) or version < 1):
        raise ValueError(f"Expected an integer of at least 1, or None, received: version={version!r}")
    base_path = pathlib.Path(base_path)
    if version is not None and version in taken(base_path):
        raise _taken(base_path, version)
    game = _game(model)
    with _aside(base_path) as folder:
        write(game, folder, base_path.name, most_rows)
        if verify:
            verification.verify(folder).raise_failures()
        return publish(folder, base_path, version)


def write(game, folder, name, most_rows=MOST_ROWS):
    """Writes a game's SavedModel, recorded requests, probe and model card into `folder`."""
    signatures = GameSignatures(game)
    listed = signatures.listed()
    module = tf.Module()
    # What the module holds is saved, under whatever names.
    module.weights = [variable.value for network in signatures.networks() for variable in network.variables]
    module.functions = {signature.name: signature.traced(most_rows) for signature in listed}
    tf.saved_model.save(module, str(folder), signatures=dict(module.functions))
    warmup.write(folder, listed)
    made = probe.make(signatures, most_rows)
    probe.write(folder, made)
    card.write(folder, name, game, module.functions, listed, made)


def publish(folder, base_path, version=None):
    """Renames a finished directory to its version number; returns the new path.

    Of several exports that finish at the same time each gets its own number.
    """
    first = max(taken(base_path), default=0) + 1
    for number in itertools.count(first) if version is None else [version]:
        target = base_path / str(number)
        try:
            os.rename(folder, target)
            return target
        except OSError as error:
            if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
                raise
    raise _taken(base_path, version)


def taken(base_path):
    """The version numbers that are there; a server reads "007" as 7."""
    return {int(child.name) for child in base_path.iterdir() if child.name.isdecimal()} if base_path.is_dir() else set()


def _taken(base_path, version):
    return FileExistsError(f"Expected a version that is not there yet, received: {base_path / str(version)}")


@contextlib.contextmanager
def _aside(base_path):
    """A new directory in `base_path` whose name is no number, so that servers ignore it; gone unless it was renamed."""
    base_path.mkdir(parents=True, exist_ok=True)
    folder = base_path / f".part-{uuid.uuid4().hex}"
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _game(model):
    if isinstance(model, keras.Model):
        return model
    from keras_gans import presets

    return presets.load_model(model)
