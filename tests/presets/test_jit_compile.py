"""Whether a train step is compiled is part of the recipe: from the command line to a preset and back."""

import json

import pytest

import keras_gans
from keras_gans import configuration, presets
from keras_gans.models import NSGAN
from keras_gans.testing import tiny
from tests.command_line import output as run

TRAIN = (
    "train --game ns_gan --network mlp --data digits --epochs 1 --batch-size 500 --set compile.jit_compile=true "
    "--set generator.hidden=[8] --set discriminator.hidden=[8]"
)


def test_it_comes_back_from_runs_and_presets(tmp_path):
    run(TRAIN, "--out", tmp_path / "run")
    assert json.loads((tmp_path / "run" / "run.json").read_text())["configuration"]["compile"]["jit_compile"] is True
    assert keras_gans.load_run(tmp_path / "run").jit_compile is True

    run("preset", tmp_path / "run", tmp_path / "compiled")
    assert presets.preset.read(tmp_path / "compiled").recipe["jit_compile"] is True
    assert presets.from_preset(tmp_path / "compiled").jit_compile is True
    again = json.loads(run("train --preset", tmp_path / "compiled", "--dry-run"))
    assert again["compile"]["jit_compile"] is True


@pytest.mark.parametrize(("text", "value"), [("true", True), ("false", False), ("auto", "auto")])
def test_values(text, value):
    resolved = configuration.resolve("ns_gan", "mlp", "digits", settings=[f"compile.jit_compile={text}"])
    assert resolved.compile["jit_compile"] is value or resolved.compile["jit_compile"] == value


def test_other_values_are_refused():
    with pytest.raises(ValueError, match="Expected True, False or 'auto', received: jit_compile='yes'"):
        tiny.game(NSGAN, jit_compile="yes")
