"""Alarms on series of examinations that are written by hand."""

import dataclasses
import json

import pytest

from keras_gans.diagnostics import alarms
from keras_gans.diagnostics.examination import Examination
from keras_gans.models import NSGAN, WGANGP
from keras_gans.testing import tiny

HEALTHY = Examination(
    epoch=0,
    step=0,
    diversity=0.9,
    real_accuracy=0.7,
    fake_accuracy=0.7,
    separation=0.8,
    gradient_norms={"generator": {"dense": 1.0}, "discriminator": {"dense": 2.0}},
    scores={"edges": [0.0, 1.0], "real": [1], "fake": [1]},
    memorization={"statistic": 0.0, "closer": 0.5, "near_copies": 0.01, "verdict": "no sign of memorization"},
)
SICK = {
    "collapse": {"diversity": 0.1},
    "discriminator_wins": {"separation": 1.0},
    "large_gradients": {"gradient_norms": {"generator": {"dense": 101.0}, "discriminator": {"dense": 2.0}}},
    "memorizes": {"memorization": {**HEALTHY.memorization, "statistic": -4.0}},
}


def checks(alarm, series, **sick):
    """The numbers, from 1, of the checks at which it fires: `series` is a string of + (healthy) and - (sick)."""
    fired = []
    for number, sign in enumerate(series, start=1):
        found = dataclasses.replace(HEALTHY, step=number, **(sick if sign == "-" else {}))
        if alarm.observe(found) is not None:
            fired.append(number)
    return fired


@pytest.mark.parametrize("alarm", alarms.defaults(), ids=lambda alarm: alarm.name)
def test_fires_after_its_patience_once_and_again_after_a_good_check(alarm):
    alarm.reset()
    patience = alarm.patience
    assert checks(alarm, "+" * 20, **SICK[alarm.name]) == []
    assert checks(alarm, "-" * 12, **SICK[alarm.name]) == [patience]
    assert checks(alarm, "+" + "-" * patience, **SICK[alarm.name]) == [patience + 1]


@pytest.mark.parametrize("alarm", alarms.defaults(), ids=lambda alarm: alarm.name)
def test_the_others_do_not_care(alarm):
    for name, sick in SICK.items():
        alarm.reset()
        assert bool(checks(alarm, "+" + "-" * 9, **sick)) == (name == alarm.name)


def test_a_game_that_was_never_good_has_its_grace():
    assert checks(alarms.Collapse(grace=5, patience=3), "-" * 10, diversity=0.0) == [8]
    assert checks(alarms.Collapse(grace=5, patience=3), "--+---", diversity=0.0) == [6]


def test_the_verdict_is_ready_for_json():
    verdict = alarms.Collapse().verdict(dataclasses.replace(HEALTHY, epoch=2, step=7, diversity=0.2))
    assert json.loads(json.dumps(verdict)) == verdict
    assert {name: verdict[name] for name in ("alarm", "epoch", "step", "measured", "limit", "patience")} == {
        **{"alarm": "collapse", "epoch": 2, "step": 7},
        **{"measured": 0.2, "limit": 0.25, "patience": 3},
    }
    assert "0.20 times" in verdict["sentence"]


def test_large_gradients_names_the_layer_and_takes_nan_for_large():
    alarm = alarms.LargeGradients()
    norms = {"generator": {"dense": 1.0}, "discriminator": {"conv": float("nan")}}
    verdict = alarm.observe(dataclasses.replace(HEALTHY, gradient_norms=norms))
    assert "conv of the discriminator" in verdict["sentence"]


def test_a_critic_may_win():
    assert alarms.DiscriminatorWins().applies(tiny.game(NSGAN))
    assert not alarms.DiscriminatorWins().applies(tiny.game(WGANGP))


def test_without_held_out_data_nothing_is_memorized():
    assert checks(alarms.Memorizes(), "-" * 9, memorization=None) == []


@pytest.mark.parametrize(
    "make", [lambda: alarms.Collapse(limit=0), lambda: alarms.Collapse(patience=0), lambda: alarms.Memorizes(grace=-1)]
)
def test_refuses_wrong_arguments(make):
    with pytest.raises(ValueError, match="Expected"):
        make()
