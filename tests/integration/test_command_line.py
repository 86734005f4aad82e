"""The commands, as a newcomer types them."""

import json
import subprocess
import sys

import numpy as np
import pytest
from PIL import Image

import keras_gans
from keras_gans import runs
from tests.command_line import output as run

SMALL = (
    "train --game ns_gan --network mlp --data digits --epochs 1 "
    "--set generator.hidden=[8] --set discriminator.hidden=[8]"
)


def test_list_names_everything_registered():
    output = run("list")
    for name in ("wasserstein", "interpolated_gradient", "dcgan_lecture", "wgan_gp", "swiss_roll", "clip_weights"):
        assert name in output


def test_train_sample_and_train_again(tmp_path):
    run(SMALL, "--out", tmp_path / "run")
    files = {path.name for path in (tmp_path / "run").iterdir()}
    assert files == {
        *("run.json", "checkpoints", "samples", "logs", "history.csv", "diagnostics"),
        *("curves.png", "model.keras", "samples.png"),
    }
    first = keras_gans.load_run(tmp_path / "run").sample(4)
    run("sample", tmp_path / "run", "-n 4 --out", tmp_path / "grid.png")
    assert Image.open(tmp_path / "grid.png").size == (57, 57)
    run(SMALL, "--out", tmp_path / "run")
    np.testing.assert_array_equal(keras_gans.load_run(tmp_path / "run").sample(4), first)
    assert set(runs.read_history(tmp_path / "run")) == set(keras_gans.load_run(tmp_path / "run").tracked())


def test_an_unfinished_run_can_be_sampled(tmp_path):
    run(SMALL, "--out", tmp_path)
    (tmp_path / "model.keras").unlink()
    assert keras_gans.load_run(tmp_path).sample(2).shape == (2, 28, 28, 1)


def test_dry_run_prints_every_choice():
    settings = "--set compile.discriminator_steps=3 --set compile.generator_optimizer.learning_rate=0.5"
    resolved = json.loads(run("train --game wgan_gp --network dcgan --data mnist --dry-run", settings))
    assert resolved["discriminator"]["normalization"] is None  # the game's penalty is per example
    assert resolved["compile"]["discriminator_steps"] == 3
    assert resolved["compile"]["generator_optimizer"]["config"]["learning_rate"] == 0.5


def test_tricks_are_short_for_a_setting():
    tricks = "--trick flipped_labels --trick instance_noise[stddev=0.2] --set compile.tricks.0.share=0.3"
    resolved = json.loads(run("train --dry-run", tricks))["compile"]["tricks"]
    assert [trick["class_name"] for trick in resolved] == ["FlippedLabels", "InstanceNoise"]
    assert resolved[0]["config"]["share"] == 0.3 and resolved[1]["config"]["stddev"] == 0.2
    long = run("train --dry-run --set compile.tricks=flipped_labels,instance_noise --set compile.tricks.1.stddev=0.2")
    assert run("train --dry-run --trick flipped_labels --trick instance_noise[stddev=0.2]") == long


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("--trick instance_nose", "nearest: instance_noise"),
        ("--trick instance_noise[std=1]", "nearest: stddev"),
        ("--game wgan_pg", "nearest: wgan_gp"),
        ("--network dcgn", "nearest: dcgan"),
        ("--set compile.discriminator_step=5", "nearest: compile.discriminator_steps"),
        ("--set generator.widht=2", "nearest: generator.width"),
        ("--set compiler.objective=hinge", "nearest: compile"),
        ("--set compile.objective=hing", "nearest: hinge"),
        ("--set compile.generator_optimizer=adm", "nearest: adam"),
        ("--set compile", "Expected section.key=value"),
        ("--epochs 0", "received: epochs=0"),
        ("--precision float8", "received: precision='float8'"),
        ("--plugin nowhere.py", "Expected a Python file"),
    ],
)
def test_wrong_arguments_end_in_one_sentence(arguments, message):
    with pytest.raises((ValueError, OSError), match=message) as error:
        run("train --dry-run", arguments)
    assert "\n" not in str(error.value)


def test_a_mended_command_takes_the_same_folder(tmp_path):
    (tmp_path / "images").mkdir()
    with pytest.raises(ValueError, match="Expected images"):
        run("train --data", tmp_path / "images", "--out", tmp_path / "run")
    run(SMALL, "--out", tmp_path / "run")


def test_damaged_files_of_a_run_are_named(tmp_path):
    run(SMALL, "--out", tmp_path)
    (tmp_path / "model.keras").write_bytes(b"PK damaged")
    with pytest.raises(ValueError, match="model.keras, which is damaged: remove it"):
        run("sample", tmp_path)
    (tmp_path / "model.keras").unlink()
    (tmp_path / "run.json").write_text('{"conf')
    with pytest.raises(ValueError, match="Expected a run's configuration in .*run.json"):
        run("sample", tmp_path)


def test_a_finished_run_goes_on_with_more_epochs(tmp_path):
    """And ends as the run that had them from the start; fewer are refused."""
    run(SMALL, "--out", tmp_path / "longer")
    run(SMALL, "--epochs 2 --out", tmp_path / "longer")
    run(SMALL, "--epochs 2 --out", tmp_path / "whole")
    longer, whole = keras_gans.load_run(tmp_path / "longer"), keras_gans.load_run(tmp_path / "whole")
    for mine, its in zip(longer.get_weights(), whole.get_weights(), strict=True):
        np.testing.assert_array_equal(mine, its)
    assert runs.read_history(tmp_path / "longer") == runs.read_history(tmp_path / "whole")
    assert runs.read_configuration(tmp_path / "longer").epochs == 2
    with pytest.raises(FileExistsError, match="at least the 2 epochs of the run in .*, received: epochs=1"):
        run(SMALL, "--out", tmp_path / "longer")


def test_a_run_killed_in_its_further_epochs_is_that_of_its_last_checkpoint(tmp_path):
    """Not that of the model from before, and `preset` does not take it for finished."""
    run(SMALL, "--out", tmp_path / "run")
    before = (tmp_path / "run" / "model.keras").read_bytes()
    run(SMALL, "--epochs 2 --out", tmp_path / "run")
    further = keras_gans.load_run(tmp_path / "run").get_weights()
    # As a kill between the last checkpoint and the new model leaves it.
    (tmp_path / "run" / "model.keras").write_bytes(before)
    record = json.loads((tmp_path / "run" / "run.json").read_text())
    (tmp_path / "run" / "run.json").write_text(json.dumps({**record, "state": "training"}))
    for mine, its in zip(keras_gans.load_run(tmp_path / "run").get_weights(), further, strict=True):
        np.testing.assert_array_equal(mine, its)
    with pytest.raises(ValueError, match="Expected a finished run"):
        run("preset", tmp_path / "run", tmp_path / "preset")


def test_a_folder_of_another_run_is_refused(tmp_path):
    run(SMALL, "--out", tmp_path)
    with pytest.raises(FileExistsError, match="differs in seed"):
        run(SMALL, "--seed 1 --out", tmp_path)


def test_a_folder_with_other_files_is_refused(tmp_path):
    (tmp_path / "thesis.tex").touch()
    with pytest.raises(FileExistsError, match="holds other files"):
        run(SMALL, "--out", tmp_path)


def test_what_is_no_run_is_refused(tmp_path):
    with pytest.raises(FileNotFoundError, match="Expected the folder of a run"):
        run("sample", tmp_path)


def program(*arguments):
    """The installed command, in a process of its own."""
    code = "import sys; sys.argv[0] = 'keras-gans'; from keras_gans.cli import main; main()"
    return subprocess.run([sys.executable, "-c", code, *map(str, arguments)], capture_output=True, text=True)


def test_the_program_loads_what_a_run_is_made_of(tmp_path):
    run(SMALL, "--out", tmp_path / "run")
    result = program("sample", tmp_path / "run", "-n", 4, "--out", tmp_path / "grid.png")
    assert result.returncode == 0, result.stderr
    assert (tmp_path / "grid.png").exists()


def test_the_program_says_one_sentence_and_exits_with_2():
    result = program("train", "--game", "wgan_pg", "--dry-run")
    assert result.returncode == 2
    assert result.stderr.startswith("Error: Expected the name of a registered game") and result.stderr.count("\n") == 1
