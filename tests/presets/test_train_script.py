"""zoo/train.sh with a command that only writes down what it is asked for."""

import json
import os
import pathlib
import shlex
import shutil
import subprocess

import pytest
from typer.testing import CliRunner

from keras_gans import presets
from keras_gans.cli import app

SCRIPT = pathlib.Path(__file__).parents[2] / "zoo" / "train.sh"
STUB = """#!/bin/sh
echo "$@" >> asked.txt
case $1 in
train) case "$*" in *" --dry-run"*) ;; *) while [ "$1" != --out ]; do shift; done; mkdir -p "$2" ;; esac ;;
preset) case "$3" in zoo/*) mkdir -p "$3" && echo '  "results": [],' > "$3/preset.json" ;; esac ;;
evaluate) while [ "$1" != --json ]; do shift; done; echo > "$2" ;;
esac
"""


@pytest.fixture
def train(tmp_path):
    """A function that runs the script and returns the commands that it gives, as lists of words."""
    (tmp_path / "zoo").mkdir()
    shutil.copy(SCRIPT, tmp_path / "zoo")
    (tmp_path / "stub").write_text(STUB)
    (tmp_path / "stub").chmod(0o755)

    def run(*arguments):
        (tmp_path / "asked.txt").write_text("")
        environment = {**os.environ, "KERAS_GANS": str(tmp_path / "stub")}
        subprocess.run(["sh", tmp_path / "zoo" / "train.sh", *arguments], check=True, env=environment)
        return [shlex.split(line) for line in (tmp_path / "asked.txt").read_text().splitlines()]

    return run


def test_a_preset_is_trained_scored_and_left_alone(train, tmp_path):
    commands = train("acgan_mnist")
    assert [words[0] for words in commands] == ["train", "preset", "evaluate", "preset"]
    assert commands[1] == ["preset", "runs/zoo/acgan_mnist", "zoo/acgan_mnist"]
    assert "fid,kid,is,pr,classes,labels" in commands[2]
    assert commands[3] == ["preset", "zoo/acgan_mnist", "--results", "runs/zoo/acgan_mnist.json"]
    # The stub gives it no scores: only those are made up for.
    assert [words[0] for words in train("acgan_mnist")] == ["evaluate", "preset"]
    (tmp_path / "zoo" / "acgan_mnist" / "preset.json").write_text('  "results": [{}],')
    assert train("acgan_mnist") == []
    assert [words[0] for words in train("--scores")] == ["evaluate", "preset"]


def test_other_seeds_are_trained_scored_and_added(train):
    train("ns_gan_mnist")
    commands = train("--seeds", "ns_gan_mnist")
    assert [words[0] for words in commands] == ["train", "evaluate"] * 2 + ["preset"]
    assert commands[2] == shlex.split("train --preset ns_gan_mnist --seed 2 --out runs/zoo/ns_gan_mnist-seed-2")
    assert "labels" not in commands[1][commands[1].index("--metrics") + 1]
    assert commands[4][:3] == ["preset", "zoo/ns_gan_mnist", "--seeds"]
    assert [words[0] for words in train("--seeds", "ns_gan_mnist")] == ["preset"]
    # New scores of the preset keep the other seeds'.
    assert [words[0] for words in train("--scores", "ns_gan_mnist")] == ["evaluate", "preset", "preset"]


def test_every_recipe_is_a_valid_one_and_that_of_the_preset(train):
    commands = [words for words in train() if words[0] == "train"]
    recipes = {}
    for words in commands:
        done = CliRunner().invoke(app, [*words, "--dry-run"])
        assert done.exit_code == 0, (words, done.exception)
        recipes[pathlib.Path(words[words.index("--out") + 1]).name] = json.loads(done.output)
    assert len(recipes) == len(commands) and set(presets.names()) <= set(recipes)
    for name in presets.names():
        recorded = presets.preset.read(presets.zoo_path() / name).run["configuration"]
        # Choices that came later were not there to be recorded.
        assert recipes[name] == {**recorded, "compile": {**recipes[name]["compile"], **recorded["compile"]}}
