"""Training that goes on after a crash as if nothing had happened."""

import hashlib
import json
import os
import shutil
import time
import warnings

import keras

from keras_gans import distribution
from keras_gans.callbacks.divergence_alarm import first_not_finite

WEIGHTS, POSITION = "model.weights.h5", "position.json"


class Resume(keras.callbacks.Callback):
    """Saves a full checkpoint every so often, and starts the next `fit` from the last one.

    A checkpoint holds both networks, both optimizers, averaged weights, the states of all random seeds, the running
    means of the logs and the position in the data. It is written aside and renamed, with a sha256, so that a crash
    never leaves half of one; a damaged checkpoint is passed over for the one before it. Weights that are not finite are
    never saved.

    On TensorFlow, with a data set of `keras_gans.data.load` (or any `tf.data.Dataset` of known length and seeded
    order), a run that was killed and started again gives the weights, logs and samples of the run that was not. On
    JAX and PyTorch the order of arrays is Keras' own, which is not restored.

    With several workers the first one writes; all of them have to see the folder, and they save by steps, since their
    clocks differ. Put it last in the list of callbacks.

    Args:
        directory: folder of the checkpoints, one run's own.
        every_steps: save after every so many train steps, or None.
        every_seconds: save when so many seconds have passed since the last checkpoint, or None.
        keep: how many checkpoints stay, >= 1.
    """

    def __init__(self, directory, every_steps=None, every_seconds=60.0, keep=2):
        super().__init__()
        if keep < 1:
            raise ValueError(f"Expected to keep at least 1 checkpoint, received: keep={keep!r}")
        if every_steps is not None and every_steps < 1:
            raise ValueError(f"Expected None or at least 1 step, received: every_steps={every_steps!r}")
        self.directory = os.fspath(directory)
        self.every_steps = every_steps
        self.every_seconds = every_seconds
        self.keep = keep

    # ---- Going on.

    def on_train_begin(self, logs=None):
        if self.every_seconds is not None and distribution.has_several_workers():
            raise ValueError(
                "Expected every_steps and every_seconds=None with several workers, whose clocks differ, received: "
                f"every_seconds={self.every_seconds!r}"
            )
        self._epoch, self._step = 0, 0
        self._began, self._seconds_before = time.monotonic(), 0.0
        self._saved_at, self._saved_position = self._began, None
        self._checkpoint = latest_checkpoint(self.directory)
        if self._checkpoint is None:
            return
        position = self._load()
        self._seconds_before = position.get("seconds", 0.0)  # which older checkpoints lack
        self._epoch, self._step = self._saved_position = position["epoch"], position["step"]
        self._logs = {metric.name: float(metric.result()) for metric in self.model.metrics}
        # Keras' own BackupAndRestore starts later epochs this way too.
        self.model._initial_epoch = self._epoch

    @property
    def seconds(self):
        """Wall time of the training so far, that of earlier starts up to their last checkpoints included."""
        return self._seconds_before + time.monotonic() - self._began

    def on_epoch_begin(self, epoch, logs=None):
        if self._checkpoint is not None:
            self._train = self.model.train_function
            self.model.train_function = self._first_call

    def on_train_batch_begin(self, batch, logs=None):
        # Other callbacks may have changed learning rates in on_epoch_begin, and Keras has reset the running means.
        if self._checkpoint is not None and 0 < self._step == batch:
            self._load()

    def _first_call(self, *arguments):
        """Lets the batches of the finished epochs go by, then the finished steps of this one."""
        steps = self.params.get("steps") or 0
        self._draw(arguments[-1], self._epoch * steps)
        self._remaining = self._step
        self.model.train_function = self._pass_by
        return self._pass_by(*arguments)

    def _pass_by(self, *arguments):
        """One call of the train function: without training while finished steps remain, then as ever."""
        if self._remaining <= 0:
            self.model.train_function, self._checkpoint = self._train, None
            return self._train(*arguments)
        self._draw(arguments[-1], self.model.steps_per_execution)
        self._remaining -= self.model.steps_per_execution
        return (self._logs, *arguments[:-1]) if len(arguments) > 1 else self._logs

    def _draw(self, iterator, count):
        """On TensorFlow the train function draws its batches itself; elsewhere Keras has drawn them already."""
        if keras.backend.backend() == "tensorflow":
            for _ in range(count):
                next(iterator)

    def _load(self):
        self.model.load_weights(os.path.join(self._checkpoint, WEIGHTS))
        with open(os.path.join(self._checkpoint, POSITION), encoding="utf-8") as file:
            position = json.load(file)
        for variable, value in zip(self.model.metrics_variables, position["means"]):
            variable.assign(value)
        return position

    # ---- Saving.

    def on_train_batch_end(self, batch, logs=None):
        if self._checkpoint is not None and batch < self._step:
            return
        self._step = batch + 1
        # The last step of an epoch is saved by on_epoch_end; without a known length, every step may be the last.
        if self._step < (self.params.get("steps") or 0) and self._due():
            self.save()

    def on_epoch_end(self, epoch, logs=None):
        self._epoch, self._step = epoch + 1, 0
        if self._due():
            self.save()

    def on_train_end(self, logs=None):
        # Or the next fit of this model, without this callback, would start late too.
        self.model._initial_epoch = None
        if self._saved_position != (self._epoch, self._step):
            self.save()

    def _due(self):
        steps = self.params.get("steps") or 0
        total = self._epoch * steps + self._step
        by_steps = self.every_steps is not None and total % self.every_steps == 0
        return by_steps or (self.every_seconds is not None and time.monotonic() - self._saved_at >= self.every_seconds)

    def save(self):
        """Writes a checkpoint of this moment, unless a weight is not finite."""
        culprit = first_not_finite(self.model)
        if culprit is not None:
            warnings.warn(
                f"No checkpoint is written: {culprit} is not finite; the last good checkpoint stays.", stacklevel=2
            )
            return
        with distribution.writing_to(self.directory) as directory:
            self._write(directory)
        self._saved_at, self._saved_position = time.monotonic(), (self._epoch, self._step)

    def _write(self, directory):
        name = f"epoch-{self._epoch:06d}-step-{self._step:08d}"
        final, aside = os.path.join(directory, name), os.path.join(directory, f".{name}.part")
        shutil.rmtree(aside, ignore_errors=True)
        os.makedirs(aside)
        weights = os.path.join(aside, WEIGHTS)
        self.model.save_weights(weights)
        # Keras' weight files leave metrics out.
        means = [float(keras.ops.convert_to_numpy(variable)) for variable in self.model.metrics_variables]
        position = {
            "epoch": self._epoch,
            "step": self._step,
            "seconds": self.seconds,
            "means": means,
            "sha256": _sha256(weights),
        }
        with open(os.path.join(aside, POSITION), "w", encoding="utf-8") as file:
            json.dump(position, file)
            file.flush()
            os.fsync(file.fileno())
        shutil.rmtree(final, ignore_errors=True)
        os.rename(aside, final)
        for old in _checkpoints(directory)[: -self.keep]:
            shutil.rmtree(old, ignore_errors=True)


def latest_checkpoint(directory):
    """Path of the newest undamaged checkpoint in `directory`, or None."""
    for path in reversed(_checkpoints(directory)):
        try:
            with open(os.path.join(path, POSITION), encoding="utf-8") as file:
                expected = json.load(file)["sha256"]
            if _sha256(os.path.join(path, WEIGHTS)) == expected:
                return path
        except (OSError, ValueError, KeyError):
            pass
        warnings.warn(f"The checkpoint {path} is damaged; the one before it is taken.", stacklevel=2)
    return None


def _checkpoints(directory):
    if not os.path.isdir(directory):
        return []
    return [os.path.join(directory, name) for name in sorted(os.listdir(directory)) if name.startswith("epoch-")]


def _sha256(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
