"""Training that breaks off and is taken up again ends as if it had never stopped, whatever the tricks remember."""

import keras
import numpy as np
import pytest

from keras_gans import callbacks, data
from keras_gans.models import NSGAN
from keras_gans.testing import tiny
from keras_gans.tricks import HistoricalAveraging, InstanceNoise, Replay, SparringPartners, UpdateGate

if keras.backend.backend() != "tensorflow":
    pytest.skip("data.load needs TensorFlow", allow_module_level=True)


class BreaksOff(keras.callbacks.Callback):
    """Ends the process at one train step, as far as one test can."""

    def __init__(self, at):
        super().__init__()
        self.at = at

    def on_train_batch_end(self, batch, logs=None):
        self.at -= 1
        if self.at == 0:
            raise KeyboardInterrupt


def train(folder, *others):
    decay = keras.optimizers.schedules.ExponentialDecay(0.3, 4, 0.5)
    tricks = [InstanceNoise(decay), Replay(16), HistoricalAveraging(), SparringPartners(every=2), UpdateGate(1.4, 0.7)]
    model = tiny.game(NSGAN, tricks=tricks)
    resume = callbacks.Resume(folder, every_steps=2, every_seconds=None)
    model.fit(data.load(tiny.images(40), batch_size=8, seed=0), epochs=2, verbose=0, callbacks=[resume, *others])
    return model


def test_broken_off_training_goes_on_bit_exactly(tmp_path):
    whole = train(tmp_path / "whole")
    with pytest.raises(KeyboardInterrupt):
        train(tmp_path / "broken", BreaksOff(at=8))
    resumed = train(tmp_path / "broken")
    optimizers = [getattr(whole, f"{player}_optimizer").iterations for player in ("generator", "discriminator")]
    assert any(0 < int(steps) < 10 for steps in optimizers), "a gate must close for this test to mean something"
    for mine, its in zip(whole.variables, resumed.variables, strict=True):
        np.testing.assert_array_equal(mine.numpy(), its.numpy(), err_msg=mine.path)
    for mine, its in zip(whole.optimizer.variables, resumed.optimizer.variables, strict=True):
        np.testing.assert_array_equal(mine.numpy(), its.numpy(), err_msg=mine.path)
