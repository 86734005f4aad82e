"""keras_gans: `fit` of a game."""

import contextlib

import keras

from keras_gans import registry
from keras_gans.benchmarks.speed.stopwatch import Stopwatch
from keras_gans.configuration import PRECISIONS


class Contestant:
    """A game, trained as its users train it.

    Args:
        case: a `Case`.
        precision: "float32" or "bfloat16", of the networks' arithmetic.
        steps_per_execution, jit_compile: of `compile`.
    """

    def __init__(self, case, precision="float32", steps_per_execution=1, jit_compile=False):
        cls = registry.lookup("game", case.game)
        with _policy(PRECISIONS[precision]):
            self.model = cls(*case.players())
        self.model.compile(**case.recipe(), steps_per_execution=steps_per_execution, jit_compile=jit_compile)
        self.dataset = case.dataset(case.images_per_step)

    def train(self, steps):
        """What `steps` train steps take."""
        return timed_fit(self.model, self.dataset, steps)


def timed_fit(model, dataset, steps):
    """What `fit` takes, from the beginning of its first step to the end of its last."""
    clock = _Clock()
    model.fit(dataset, steps_per_epoch=steps, shuffle=False, verbose=0, callbacks=[clock])
    return clock.elapsed


class _Clock(keras.callbacks.Callback):
    def on_train_batch_begin(self, batch, logs=None):
        if batch == 0:
            self._stopwatch = Stopwatch()

    def on_train_batch_end(self, batch, logs=None):
        self.elapsed = self._stopwatch.read()


@contextlib.contextmanager
def _policy(name):
    before = keras.config.dtype_policy()
    keras.config.set_dtype_policy(name)
    try:
        yield
    finally:
        keras.config.set_dtype_policy(before)
