"""A run becomes a preset, which is listed, sampled, scored and trained again."""

import json

import numpy as np
import pytest
from PIL import Image

import keras_gans
from keras_gans import presets
from keras_gans.presets import zoo
from tests.command_line import output as run

TRAIN = (
    "train --game ns_gan --network mlp --data digits --epochs 1 --set compile.ema_momentum=0.9 "
    "--set generator.hidden=[8] --set discriminator.hidden=[8]"
)


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    folder = tmp_path_factory.mktemp("trained")
    run(TRAIN, "--out", folder / "run")
    return folder / "run"


@pytest.fixture
def made(trained, tmp_path, monkeypatch):
    """A preset of the run, in a zoo of its own."""
    monkeypatch.setattr(zoo, "zoo_path", lambda: tmp_path / "zoo")
    run("preset", trained, tmp_path / "zoo" / "mlp_digits", "--device one-core")
    return tmp_path / "zoo" / "mlp_digits"


def test_a_run_becomes_a_preset(trained, made):
    preset = presets.preset.read(made)
    record = json.loads((trained / "run.json").read_text())
    assert preset.run["images_seen"] == 1500 // 64 * 64
    assert preset.run["device"] == "one-core" and preset.run["seconds"] == record["seconds"]
    assert preset.data == {
        **{"name": "digits", "split": "train", "image_size": [28, 28], "license": "CC BY 4.0"},
        "source": "https://archive.ics.uci.edu/dataset/80",
    }
    # What was saved and what is read again say the same, tuples or lists.
    assert (made / "card.md").read_text() == presets.card.text(preset)
    np.testing.assert_array_equal(keras_gans.load_run(trained).sample(4), presets.from_preset(made).sample(4))
    assert presets.load_model(trained).name != "mlp_digits" and presets.trained_on(trained) == "digits"


def test_it_is_trained_again_from_its_recipe(trained, made, tmp_path):
    recipe = json.loads((trained / "run.json").read_text())["configuration"]
    assert json.loads(run("train --preset mlp_digits --dry-run")) == recipe
    assert json.loads(run("train --preset mlp_digits --dry-run --seed 3")) == {**recipe, "seed": 3}
    run("train --preset mlp_digits --out", tmp_path / "again")
    again, first = keras_gans.load_run(tmp_path / "again").sample(4), presets.from_preset(made).sample(4)
    # Threads add in different orders; another seed is some 50 gray levels away.
    assert np.abs(again.astype(int) - first).mean() < 2.0


def test_other_choices_beside_a_preset_are_refused(made):
    with pytest.raises(ValueError, match="no other choices beside --preset, received: --batch-size, --set"):
        run("train --preset mlp_digits --batch-size 64 --set model.latents=uniform")


def test_a_preset_without_a_configuration_is_not_trained_again(made):
    preset = presets.preset.read(made)
    del preset.run["configuration"]
    presets.saving.write(preset, made)
    with pytest.raises(ValueError, match="does not hold the run's configuration"):
        run("train --preset mlp_digits --dry-run")


def test_it_is_listed_and_sampled(made, tmp_path):
    assert "mlp_digits" in run("list --presets") and "NSGAN on digits" in run("list --presets")
    run("sample mlp_digits -n 4 --out", tmp_path / "grid.png")
    assert Image.open(tmp_path / "grid.png").size == (57, 57)
    with pytest.raises(ValueError, match="nearest: mlp_digits"):
        run("sample mlp_digit")


def test_labels_are_for_games_that_take_them(made, tmp_path):
    with pytest.raises(ValueError, match="Expected no labels"):
        run("sample mlp_digits --labels 7 --out", tmp_path / "grid.png")
    with pytest.raises(ValueError, match="Expected numbers with commas"):
        run("sample mlp_digits --labels seven --out", tmp_path / "grid.png")


def test_scores_are_added(made, tmp_path):
    scores = [{"metric": "fid_297_test", "value": 3.0, "plus_minus": None, "extractor": "digits_classifier@0"}]
    (tmp_path / "scores.json").write_text(json.dumps(scores))
    run("preset", made, "--results", tmp_path / "scores.json")
    assert presets.preset.read(made).results == scores
    assert "`fid_297_test` | 3 |" in (made / "card.md").read_text()
    assert "fid_297_test 3" in run("list --presets")


@pytest.mark.parametrize("text", ["{", "{}", "[]", "[1]", '[{"metric": "fid"}]'])
def test_what_is_no_score_is_refused(made, tmp_path, text):
    (tmp_path / "scores.json").write_text(text)
    with pytest.raises(ValueError, match="Expected scores as"):
        run("preset", made, "--results", tmp_path / "scores.json")


def test_refresh_writes_cards_and_table(made, tmp_path):
    (made / "card.md").write_text("")
    (tmp_path / "README.md").write_text("<!-- zoo -->\n<!-- /zoo -->\n")
    run("preset --refresh --readme", tmp_path / "README.md")
    assert "mlp_digits" in (made / "card.md").read_text() and "mlp_digits" in (tmp_path / "README.md").read_text()


def test_an_unfinished_run_is_refused(trained, tmp_path):
    record = json.loads((trained / "run.json").read_text())
    (tmp_path / "run.json").write_text(json.dumps({**record, "state": "training"}))
    with pytest.raises(ValueError, match="Expected a finished run"):
        run("preset", tmp_path, tmp_path / "zoo" / "early")


def test_nothing_asked_for_is_refused():
    with pytest.raises(ValueError, match="Expected RUN and FOLDER"):
        run("preset")
