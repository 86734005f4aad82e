"""The recorded scores of every preset of the zoo: complete, beside their floors, on target or listed here, and true."""

import os
import re

import pytest
from typer.testing import CliRunner

from keras_gans import presets
from keras_gans.cli import app
from keras_gans.data import tfds
from keras_gans.evaluation.protocol import Protocol
from keras_gans.presets import targets

NAMES = presets.names()

KNOWN_MISSES = {}
"""Preset -> the scores that are below their targets, e.g. {"wgan_mnist": {"recall"}}; a preset that is not here reaches
them all. Cards and the README list them with their values."""

MAIN = re.search(r'^main="(.*)"$', (presets.zoo_path() / "train.sh").read_text(), re.MULTILINE)[1].split()
"""The main MNIST set, as zoo/train.sh lists it: one preset of each of the classic objectives."""

CHECKED = {"acgan_mnist": "fid,labels", "wgan_gp_mnist": "fid,is,classes"}
"""Presets whose scores are computed again by default, from one set of samples; those of all are in the slow tests."""


def preset(name):
    return presets.preset.read(presets.zoo_path() / name)


def scores(name):
    return {Protocol.parse(result["metric"]).outputs[0]: result for result in preset(name).results}


@pytest.mark.parametrize("name", NAMES)
def test_scores_are_complete(name):
    found, conditional = scores(name), preset(name).probe["label"] is not None
    wanted = {"fid", "kid", "is", "precision", "recall", "classes", *(["label_accuracy"] if conditional else [])}
    assert wanted <= set(found)
    for output in wanted:
        result = found[output]
        assert result["metric"] == f"{output}_10k_test"
        assert result["runs"] == len(result["values"]) == 3 and result["plus_minus"] is not None
        assert result["floor"] is not None and result["extractor"].startswith(
            f"{preset(name).data['name']}_classifier@"
        )


def test_the_main_set_has_the_classic_objectives():
    games = {preset(name).run["configuration"]["game"] for name in MAIN}
    assert {"gan", "ns_gan", "lsgan", "wgan_gp", "dragan", "hinge_gan", "acgan"} <= games


@pytest.mark.parametrize("name", MAIN)
def test_the_main_set_was_trained_from_three_seeds(name):
    for result in preset(name).results:
        assert result["training_seeds"]["seeds"] == [0, 1, 2], result["metric"]
        assert len(result["training_seeds"]["values"]) == 3


@pytest.mark.parametrize("name", NAMES)
def test_none_has_collapsed_and_labels_are_obeyed(name):
    missed = {miss.metric.removesuffix("_10k_test") for miss in targets.misses(preset(name))}
    assert missed == KNOWN_MISSES.get(name, set())


def test_the_best_is_near_the_floor():
    assert targets.best_miss([preset(name) for name in NAMES]) is None


@pytest.mark.parametrize("name", NAMES)
def test_origin_is_on_record(name):
    found = preset(name)
    assert found.license and found.data["license"] and found.data["source"].startswith("http") and found.reference
    for fact in ("command", "version", "keras", "backend", "device", "images_seen", "seconds", "configuration"):
        assert found.run[fact], fact
    assert found.run["seed"] is not None


def check(name, *options):
    data = preset(name).data["name"]
    if not os.path.isdir(os.path.join(tfds.data_folder(), data)):
        pytest.skip(f"{data} is not prepared in TFDS_DATA_DIR")
    done = CliRunner().invoke(app, ["evaluate", name, "--check", *options])
    assert done.exit_code == 0, done.output or done.exception
    assert "are as published." in done.output


@pytest.mark.parametrize(("name", "metrics"), CHECKED.items())
def test_two_presets_score_what_their_cards_say(name, metrics):
    check(name, "--runs", "1", "--metrics", metrics)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_every_preset_scores_what_its_card_says(name):
    check(name)
