"""The alarm for numbers that are no numbers any more."""

import keras
import numpy as np


class DivergenceAlarm(keras.callbacks.Callback):
    """Stops training when a loss or a weight is NaN or infinite, and says which and at which step.

    Losses are looked at after every step (or execution of several), weights every `weights_every` steps and at the end
    of each epoch. `verdict` is None while all is well, then `{"epoch", "step", "tensor"}`. `Resume` never saves
    weights that are not finite, so its last good checkpoint stays.

    Args:
        weights_every: how many steps lie between two looks at the weights, >= 1.
    """

    def __init__(self, weights_every=100):
        super().__init__()
        if weights_every < 1:
            raise ValueError(f"Expected at least 1 step, received: weights_every={weights_every!r}")
        self.weights_every = weights_every
        self.verdict = None

    def on_train_begin(self, logs=None):
        self.verdict, self._epoch, self._looked_at = None, 0, 0

    def on_epoch_begin(self, epoch, logs=None):
        self._epoch, self._looked_at = epoch, 0

    def on_train_batch_end(self, batch, logs=None):
        bad = [name for name, value in (logs or {}).items() if not np.isfinite(float(value))]
        if bad:
            self._stop(batch, bad[0])
        elif batch + 1 - self._looked_at >= self.weights_every:
            self._looked_at = batch + 1
            self._look_at_weights(batch)

    def on_epoch_end(self, epoch, logs=None):
        if self.verdict is None:
            self._look_at_weights("end")

    def _look_at_weights(self, step):
        culprit = first_not_finite(self.model)
        if culprit is not None:
            self._stop(step, culprit)

    def _stop(self, step, tensor):
        self.verdict = {"epoch": self._epoch, "step": step, "tensor": tensor}
        self.model.stop_training = True
        print(f"\n{self}")

    def __str__(self):
        if self.verdict is None:
            return "DivergenceAlarm: all numbers are finite."
        return (
            "DivergenceAlarm: training has diverged, {tensor} is not finite in epoch {epoch}, step {step} (counted "
            "from 0). Training stops; the last good checkpoint is kept.".format(**self.verdict)
        )


def first_not_finite(model):
    """Path of the first variable of a model with a NaN or an infinity, or None."""
    for variable in model.variables:
        values = keras.ops.convert_to_numpy(variable.value)
        if values.dtype.kind == "f" and not np.isfinite(values).all():
            return variable.path
    return None
