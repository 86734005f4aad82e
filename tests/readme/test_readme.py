"""What the README shows runs."""

import pathlib
import re
import shlex

import numpy as np
import pytest
from PIL import Image
from typer.testing import CliRunner

import keras_gans
from keras_gans import runs
from keras_gans.cli import app
from keras_gans.commands import demo_serving
from keras_gans.configuration import resolve

TEXT = (pathlib.Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(python|sh)\n(.*?)```", TEXT, flags=re.DOTALL)
PYTHON = [block for language, block in BLOCKS if language == "python"]
SERVE = BLOCKS[2][1]


def test_the_first_screen_is_load_train_and_serve():
    assert [language for language, _ in BLOCKS[:3]] == ["python", "python", "sh"]
    assert re.findall(r"^\*\*(\w+)\*\*", TEXT, flags=re.MULTILINE) == ["Load", "Train", "Serve"]
    for _, block in BLOCKS[:3]:
        assert len(block.strip().splitlines()) <= 6
    assert TEXT[: TEXT.index(SERVE)].count("\n") < 40


def test_load_and_train_run(tmp_path, monkeypatch):
    """In order, as one reader would run them."""
    monkeypatch.chdir(tmp_path)
    names = {}
    for block in PYTHON[:2]:
        exec(block, names)
    assert names["digits"].shape == names["gan"].sample(16).shape == (16, 28, 28, 1)


@pytest.mark.serve
def test_serve_runs(tmp_path, monkeypatch):
    """The commands as they are typed, but on ports that are free."""
    pytest.importorskip("aiohttp")
    monkeypatch.chdir(tmp_path)
    commands = [shlex.split(line, comments=True) for line in SERVE.splitlines()]
    (_, *export), (_, verb, folder, *options), (_, *request) = commands
    assert [words[0] for words in commands] == ["keras-gans"] * 3 and verb == "serve"
    _run(export)
    options = ["0" if option.isdigit() else option for option in options]
    with demo_serving.served(folder, tmp_path / "log", *options) as (_, url):
        _run([url if word.startswith("http") else word for word in request])
    expected = keras_gans.images.grid(keras_gans.from_preset("wgan_gp_mnist").sample(16)).squeeze()
    # Graphs and single operations round apart in the last bit, which can turn a gray level.
    assert np.abs(np.asarray(Image.open("grid.png")).astype(int) - expected).max() <= 1


def _run(words):
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 0, done.exception


def test_the_demo_s_run_is_loaded(tmp_path, monkeypatch):
    """With a run where the README has one, of a network that trains in seconds."""
    monkeypatch.chdir(tmp_path)
    small = resolve("ns_gan", "mlp", "digits", epochs=1, settings=["generator.hidden=[8]", "discriminator.hidden=[8]"])
    runs.train(small, "runs/demo", verbose=0)
    names = {}
    exec(PYTHON[2], names)
    assert names["images"].shape == (16, 28, 28, 1)


def test_own_objective_is_looked_up():
    from keras_gans import registry

    exec(PYTHON[3], {"__name__": "my_objectives"})
    try:
        assert registry.get("objective", "softplus_critic").registered_name == "softplus_critic"
    finally:
        registry._CLASSES["objective"].pop("softplus_critic")
