"""Training killed at any step and started again ends as if it had never been killed."""

import json
import os
import random
import signal
import subprocess
import sys
import time

import keras
import numpy as np
import pytest

from keras_gans import callbacks, data
from keras_gans.callbacks.resume import latest_checkpoint
from keras_gans.models import NSGAN
from keras_gans.testing import tiny

# A game with everything that has state: dropout, batch normalization, averaged weights, learning rates that change by
# step and by epoch, and checkpoints in the middle of epochs.
SCRIPT = """
import sys, time, keras, keras_gans
from keras_gans import callbacks, data
from keras_gans.testing import tiny
folder, pause = sys.argv[1], float(sys.argv[2])
keras.utils.set_random_seed(1)
schedule = keras.optimizers.schedules.ExponentialDecay(1e-3, 10, 0.9)
shape = (28, 28, 1)
game = keras_gans.NSGAN(tiny.generator(image_shape=shape), tiny.discriminator(dropout=0.3, image_shape=shape))
game.compile(generator_optimizer=keras.optimizers.Adam(schedule), ema_momentum=0.9, discriminator_steps=2)
dataset = data.load("digits", batch_size=32, discriminator_steps=2, seed=3)
class Slow(keras.callbacks.Callback):
    def on_train_batch_end(self, batch, logs=None): time.sleep(pause)
halve = keras.callbacks.LearningRateScheduler(lambda epoch, rate: rate * 0.5)
game.optimizer.optimizers = game.optimizer.optimizers[1:]  # the generator's has a schedule of its own
history = game.fit(dataset, epochs=3, verbose=0, callbacks=[Slow(), halve,
    keras.callbacks.CSVLogger(folder + "/history.csv", append=True),
    callbacks.Resume(folder + "/checkpoints", every_steps=5, every_seconds=None)])
game.save(folder + "/model.keras")
"""


def _train(folder, pause=0.0):
    os.makedirs(folder, exist_ok=True)
    return subprocess.Popen([sys.executable, "-c", SCRIPT, str(folder), str(pause)], stderr=subprocess.DEVNULL)


def test_killed_training_goes_on_bit_exactly(tmp_path):
    """SIGKILL at a random step, twice, the same command again: equal weights, optimizers, seeds, losses and samples."""
    uninterrupted, killed = tmp_path / "uninterrupted", tmp_path / "killed"
    whole = _train(uninterrupted)
    for _ in range(2):
        process = _train(killed, pause=0.05)
        _kill_after_a_checkpoint(process, killed / "checkpoints")
    assert _train(killed).wait() == 0 and whole.wait() == 0
    one, other = (keras.saving.load_model(folder / "model.keras") for folder in (uninterrupted, killed))
    for mine, its in zip(one.variables, other.variables, strict=True):
        np.testing.assert_array_equal(mine.numpy(), its.numpy(), err_msg=mine.path)
    for player in ("generator_optimizer", "discriminator_optimizer"):
        for mine, its in zip(getattr(one, player).variables, getattr(other, player).variables, strict=True):
            np.testing.assert_array_equal(mine.numpy(), its.numpy(), err_msg=mine.path)
    np.testing.assert_array_equal(one.sample(8), other.sample(8))
    assert _last_rows(uninterrupted) == _last_rows(killed)


def _kill_after_a_checkpoint(process, checkpoints):
    before = latest_checkpoint(checkpoints)
    while latest_checkpoint(checkpoints) == before:
        assert process.poll() is None, "training ended before it could be killed"
        time.sleep(0.02)
    time.sleep(random.random() * 0.5)
    process.send_signal(signal.SIGKILL)
    process.wait()


def _last_rows(folder):
    """The history by epoch: an epoch that a crash interrupted after its row was written has two rows."""
    lines = (folder / "history.csv").read_text().splitlines()
    return {line.partition(",")[0]: line for line in lines}


@pytest.fixture
def dataset():
    return data.load(tiny.images(40), batch_size=8, seed=0)


def test_a_finished_run_is_not_trained_again(tmp_path, dataset):
    game = tiny.game(NSGAN)
    game.fit(dataset, epochs=2, verbose=0, callbacks=[callbacks.Resume(tmp_path)])
    again = tiny.game(NSGAN, seed=1)
    again.fit(dataset, epochs=2, verbose=0, callbacks=[callbacks.Resume(tmp_path)])
    assert int(again.generator_optimizer.iterations) == 10
    np.testing.assert_array_equal(game.sample(2), again.sample(2))


def test_the_time_of_all_starts_is_counted(tmp_path, dataset):
    tiny.game(NSGAN).fit(dataset, epochs=1, verbose=0, callbacks=[callbacks.Resume(tmp_path)])
    path = tmp_path / "epoch-000001-step-00000000" / "position.json"
    position = json.loads(path.read_text())
    assert position["seconds"] > 0.0
    path.write_text(json.dumps(position | {"seconds": 5000.0}))
    resume = callbacks.Resume(tmp_path)
    tiny.game(NSGAN).fit(dataset, epochs=1, verbose=0, callbacks=[resume])
    assert resume.seconds > 5000.0


def test_a_later_fit_without_the_callback_starts_at_its_own_beginning(tmp_path, dataset):
    for _ in range(2):
        game = tiny.game(NSGAN)
        game.fit(dataset, epochs=2, verbose=0, callbacks=[callbacks.Resume(tmp_path)])
    game.fit(dataset, epochs=1, verbose=0)
    assert int(game.generator_optimizer.iterations) == 15


def test_the_last_checkpoints_are_kept(tmp_path, dataset):
    tiny.game(NSGAN).fit(dataset, epochs=2, verbose=0, callbacks=[callbacks.Resume(tmp_path, every_steps=1, keep=3)])
    assert sorted(os.listdir(tmp_path)) == [
        "epoch-000001-step-00000003",
        "epoch-000001-step-00000004",
        "epoch-000002-step-00000000",
    ]


def test_a_damaged_checkpoint_is_passed_over(tmp_path, dataset):
    tiny.game(NSGAN).fit(dataset, epochs=1, verbose=0, callbacks=[callbacks.Resume(tmp_path, every_steps=2)])
    newest = latest_checkpoint(tmp_path)
    with open(os.path.join(newest, "model.weights.h5"), "r+b") as file:
        file.truncate(1000)
    with pytest.warns(UserWarning, match="damaged"):
        assert latest_checkpoint(tmp_path) not in (None, newest)


def test_weights_that_are_not_finite_are_not_saved(tmp_path, dataset):
    resume = callbacks.Resume(tmp_path)
    game = tiny.game(NSGAN)
    game.fit(dataset, epochs=1, verbose=0, callbacks=[resume])
    good = latest_checkpoint(tmp_path)
    game.discriminator.trainable_variables[0].assign(game.discriminator.trainable_variables[0] * np.nan)
    with pytest.warns(UserWarning, match="not finite"):
        resume.save()
    assert latest_checkpoint(tmp_path) == good


@pytest.mark.parametrize("arguments", [{"keep": 0}, {"every_steps": 0}])
def test_refuses_wrong_arguments(tmp_path, arguments):
    with pytest.raises(ValueError, match="received"):
        callbacks.Resume(tmp_path, **arguments)
