"""Diagnostics in training: on healthy games, and on one that is made to collapse."""

import json

import numpy as np
import pytest
from keras import callbacks, ops

from keras_gans import configuration, data, images
from keras_gans.callbacks import diagnostics as module
from keras_gans.callbacks.diagnostics import EXAMINATIONS, LAST_GOOD, VERDICT, Diagnostics
from keras_gans.data import folder
from keras_gans.diagnostics import alarms, examination
from keras_gans.models import NSGAN, PacGAN
from keras_gans.testing import tiny

HEALTHY = [
    *("generator.latent_dim=2", "generator.hidden=[64,64]", "discriminator.hidden=[64,64]"),
    *("compile.generator_optimizer.learning_rate=1e-3", "compile.discriminator_optimizer.learning_rate=1e-3"),
]
# The recipe for a collapse, in docs/diagnostics.md: G's learning rate a hundred times as large.
COLLAPSING = [*HEALTHY, "compile.generator_optimizer.learning_rate=0.1"]
POINTS = data.arrays("ring")[0][:20_000]


def train(settings, diagnostics, steps, seed=0, *others):
    """A small game on the ring, trained for some steps, with a look every 20 steps."""
    game = configuration.resolve("ns_gan", "mlp", "ring", seed=seed, settings=settings).build((2,))
    batches = data.load(POINTS, batch_size=100, seed=seed).take(steps)
    game.fit(batches, verbose=0, callbacks=[diagnostics, *others])
    return game


class Breaking(callbacks.Callback):
    """Breaks a healthy game after some steps, for good: with a rate of 0.1 it has good looks now and then."""

    def __init__(self, step):
        super().__init__()
        self.step = step

    def on_train_batch_begin(self, batch, logs=None):
        if batch == self.step:
            self.model.generator_optimizer.learning_rate = 0.5


def test_a_run_made_to_collapse_is_reported_within_ten_checks(tmp_path, capsys):
    diagnostics = Diagnostics(POINTS, directory=tmp_path, every_steps=20, action="stop")
    game = train(COLLAPSING, diagnostics, steps=200)
    assert diagnostics.verdict["alarm"] == "collapse" and diagnostics.verdict["check"] <= 10
    assert int(game.generator_optimizer.iterations) == diagnostics.verdict["step"] < 200
    assert json.loads((tmp_path / VERDICT).read_text()) == diagnostics.verdict
    assert diagnostics.verdict["sentence"] in capsys.readouterr().out
    assert examination.read(tmp_path / EXAMINATIONS) == diagnostics.examinations


def silent(seed):
    diagnostics = Diagnostics(POINTS, every_steps=20)
    train(HEALTHY, diagnostics, 200, seed)
    assert len(diagnostics.examinations) == 10
    return diagnostics.verdict is None


def test_a_healthy_run_is_left_alone():
    assert silent(seed=0)


@pytest.mark.slow
def test_ten_healthy_runs_are_left_alone():
    assert [seed for seed in range(10) if not silent(seed)] == []


class Remembering(callbacks.Callback):
    """Copies of the whole state at every check, by the number of G's steps."""

    def __init__(self):
        super().__init__()
        self.states = {}

    def on_train_batch_end(self, batch, logs=None):
        if (batch + 1) % 20 == 0:
            self.states[int(self.model.generator_optimizer.iterations)] = state(self.model)


def state(game):
    variables = [*game.variables, *game.optimizer.variables]
    return [(variable.path, np.copy(ops.convert_to_numpy(variable))) for variable in variables]


def test_a_collapsed_run_is_rolled_back_bit_exactly(tmp_path):
    """Before the list of callbacks is over, the state of the last good check is remembered by another one."""
    remembering = Remembering()
    diagnostics = Diagnostics(
        POINTS, tmp_path, every_steps=20, alarms=[alarms.Collapse()], action="rollback", rollbacks=0
    )
    game = train([*HEALTHY, "compile.ema_momentum=0.9"], diagnostics, 200, 0, Breaking(100), remembering)
    good = diagnostics.verdict["rolled_back_to"]
    assert diagnostics.verdict["alarm"] == "collapse" and 100 <= good < diagnostics.verdict["step"] < 200
    assert good == int(game.generator_optimizer.iterations)
    for (path, mine), (_, its) in zip(state(game), remembering.states[good], strict=True):
        np.testing.assert_array_equal(mine, its, err_msg=path)
    assert game.stop_training and (tmp_path / LAST_GOOD).is_file()


def test_training_goes_on_from_the_last_good_state(tmp_path):
    diagnostics = Diagnostics(
        POINTS, tmp_path, every_steps=20, alarms=[alarms.Collapse()], action="rollback", rollbacks=1
    )
    game = train(HEALTHY, diagnostics, 200, 0, Breaking(40))
    # The optimizer's rate is part of the state, so that the game is healthy again.
    assert diagnostics.verdict["alarm"] == "collapse" and not game.stop_training
    assert float(game.generator_optimizer.learning_rate) == pytest.approx(1e-3)
    assert int(game.generator_optimizer.iterations) < 200 and diagnostics.examinations[-1].diversity > 0.5


def test_without_a_good_state_training_stops(tmp_path):
    diagnostics = Diagnostics(POINTS, tmp_path, every_steps=20, alarms=[alarms.Collapse()], action="rollback")
    game = train([*HEALTHY, "compile.generator_optimizer.learning_rate=0.5"], diagnostics, 200)
    assert diagnostics.verdict["rolled_back_to"] is None and int(game.generator_optimizer.iterations) < 200


def test_looking_changes_nothing():
    """Dropout and latents draw what they would have drawn."""

    def trained(*callbacks):
        game = tiny.game(NSGAN, dropout=0.3)
        game.fit(data.load(tiny.images(48), batch_size=8), verbose=0, epochs=2, callbacks=list(callbacks))
        return state(game)

    looking = Diagnostics(tiny.images(48), every_steps=2, n=12)
    for (path, mine), (_, its) in zip(trained(looking), trained(), strict=True):
        np.testing.assert_array_equal(mine, its, err_msg=path)
    assert len(looking.examinations) == 6


def test_looks_take_a_share_of_the_time(monkeypatch):
    """By a clock on which a look takes 4 s and two steps 10 s: with a share of 0.1 there is one every 40 s."""
    clock = Clock()
    monkeypatch.setattr(module, "time", clock)
    diagnostics = Diagnostics(tiny.images(40), every_steps=2, share_of_time=0.1, n=12)
    look = examination.Examiner.__call__
    monkeypatch.setattr(examination.Examiner, "__call__", lambda *args: (clock.advance(4.0), look(*args))[1])
    steps = callbacks.LambdaCallback(on_train_batch_begin=lambda batch, logs: clock.advance(5.0))
    tiny.game(NSGAN).fit(data.load(tiny.images(160), batch_size=8), verbose=0, callbacks=[steps, diagnostics])
    assert [found.step for found in diagnostics.examinations] == [2, 8, 16]


class Clock:
    """In place of the module `time`."""

    def __init__(self):
        self.now = 0.0

    def advance(self, seconds):
        self.now += seconds

    def monotonic(self):
        return self.now


def test_what_fills_no_pack_is_left_out():
    game = tiny.game(PacGAN)
    diagnostics = Diagnostics(tiny.images(15), n=13)
    game.fit(data.load(tiny.images(16), batch_size=8), verbose=0, callbacks=[diagnostics])
    assert sum(diagnostics.examinations[0].scores["real"]) == 12 // game.packing


def test_of_a_folder_only_some_images_are_read(tmp_path, monkeypatch):
    for index, picture in enumerate(tiny.images(20)):
        images.save_png(tmp_path / f"{index}.png", images.to_uint8(picture))
    game, read = tiny.game(NSGAN), []
    decode = folder._decode
    monkeypatch.setattr(folder, "_decode", lambda path, shape: (read.append(path), decode(path, shape))[1])
    assert examination.Examiner(game, str(tmp_path), n=6).real.shape == (6, 8, 8, 1) and len(read) == 6


def test_a_run_that_goes_on_remembers_its_earlier_looks(tmp_path):
    game, dataset = tiny.game(NSGAN), data.load(tiny.images(16), batch_size=8)
    game.fit(dataset, epochs=2, verbose=0, callbacks=[Diagnostics(tiny.images(16), tmp_path)])
    later = Diagnostics(tiny.images(16), tmp_path, alarms=[alarms.Collapse(limit=9.0, patience=1, grace=2)])
    game.fit(dataset, epochs=1, verbose=0, callbacks=[later])
    assert [found.step for found in later.examinations] == [2, 4, 6]
    assert later.verdict["check"] == 3


def test_tensorboard_gets_norms_and_histograms(tmp_path):
    import tensorflow as tf

    game = tiny.game(NSGAN)
    diagnostics = Diagnostics(tiny.images(16), log_dir=tmp_path)
    game.fit(data.load(tiny.images(16), batch_size=8), verbose=0, callbacks=[diagnostics])
    events = [event for path in tmp_path.iterdir() for event in tf.compat.v1.train.summary_iterator(str(path))]
    tags = {value.tag for event in events for value in event.summary.value}
    layers = {layer for norms in diagnostics.examinations[0].gradient_norms.values() for layer in norms}
    assert {tag.partition("/")[2].partition("/")[2] for tag in tags if tag.startswith("gradient_norm/")} == layers
    assert {"scores/real", "scores/fake", "diagnostics/diversity", "diagnostics/real_accuracy"} <= set(tags)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"action": "rolback"}, "nearest: rollback"),
        ({"every_steps": 0}, "received: every_steps=0"),
        ({"share_of_time": 0.0}, "received: share_of_time=0.0"),
        ({"action": "rollback"}, "Expected a directory"),
    ],
)
def test_refuses_wrong_arguments(arguments, message):
    with pytest.raises(ValueError, match=message):
        Diagnostics(POINTS, **arguments)
