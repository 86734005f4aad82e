import numpy as np
import pytest

from keras_gans.callbacks import DivergenceAlarm, Resume
from keras_gans.callbacks.resume import latest_checkpoint
from keras_gans.models import NSGAN
from keras_gans.testing import tiny


class Poison(DivergenceAlarm):
    """Breaks one weight of a player after a step, before the alarm looks."""

    def __init__(self, player, step, value):
        super().__init__()
        self.player, self.step, self.value = player, step, value

    def on_train_batch_end(self, batch, logs=None):
        if batch == self.step:
            weight = getattr(self.model, self.player).trainable_variables[0]
            weight.assign(np.full(weight.shape, self.value, "float32"))


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_names_the_tensor_and_the_step(value, capsys):
    alarm = DivergenceAlarm(weights_every=1)
    model = tiny.game(NSGAN)
    model.fit(tiny.images(80), batch_size=8, verbose=0, callbacks=[Poison("generator", 3, value), alarm])
    assert alarm.verdict == {"epoch": 0, "step": 3, "tensor": "dense/kernel"} or "dense" in alarm.verdict["tensor"]
    assert "step 3" in capsys.readouterr().out
    assert int(model.generator_optimizer.iterations) == 4


def test_a_loss_that_is_not_finite_stops_training():
    alarm = DivergenceAlarm()
    model = tiny.game(NSGAN)
    model.fit(tiny.images(80), batch_size=8, verbose=0, callbacks=[Poison("discriminator", 2, np.nan), alarm])
    assert alarm.verdict["step"] == 3 and alarm.verdict["tensor"].endswith(("loss", "score"))


def test_silent_on_a_healthy_run():
    alarm = DivergenceAlarm(weights_every=1)
    tiny.game(NSGAN).fit(tiny.images(40), batch_size=8, epochs=2, verbose=0, callbacks=[alarm])
    assert alarm.verdict is None and "finite" in str(alarm)


def test_the_last_good_checkpoint_stays(tmp_path):
    from keras_gans import data

    dataset = data.load(tiny.images(80), batch_size=8)
    steps = [Poison("generator", 5, np.nan), DivergenceAlarm(weights_every=1), Resume(tmp_path, every_steps=2)]
    with pytest.warns(UserWarning, match="last good checkpoint stays"):
        tiny.game(NSGAN).fit(dataset, verbose=0, callbacks=steps)
    assert latest_checkpoint(tmp_path).endswith("step-00000004")


def test_refuses_wrong_arguments():
    with pytest.raises(ValueError, match="received: weights_every=0"):
        DivergenceAlarm(weights_every=0)
