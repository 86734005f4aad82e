"""What the page on the latent space shows runs."""

import pathlib
import re
import shlex

import numpy as np
import pytest
from typer.testing import CliRunner

from keras_gans import latent_space, runs
from keras_gans.cli import app
from keras_gans.configuration import resolve

PAGE = (pathlib.Path(__file__).parents[2] / "docs" / "latent_space.md").read_text(encoding="utf-8")
SNIPPETS = re.findall(r"```python\n(.*?)```", PAGE, flags=re.DOTALL)
COMMANDS = re.findall(r"^keras-gans (latent .*?)(?: +#.*)?$", PAGE, flags=re.MULTILINE)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with a run where the page has one, of networks that train in seconds."""
    folder = tmp_path_factory.mktemp("documented")
    settings = ["generator.hidden=[8]", "discriminator.hidden=[8]"]
    runs.train(resolve("ns_gan", "mlp", "digits", epochs=1, settings=settings), folder / "runs" / "demo", verbose=0)
    return folder


def test_snippets(folder, monkeypatch):
    monkeypatch.chdir(folder)
    names = {}
    for snippet in SNIPPETS:
        exec(snippet, names)
    assert names["sheet"].images.shape == (2, 9, 28, 28, 1) and names["sheet"].latents.shape[:2] == (2, 9)
    assert {"walk.png", "walk.gif", "heavy.png"} <= {path.name for path in folder.iterdir()}


@pytest.mark.parametrize("command", COMMANDS)
def test_commands(folder, monkeypatch, command):
    monkeypatch.chdir(folder)
    # What has hardly been trained makes no sevens.
    monkeypatch.setattr(latent_space, "predicted_classes", lambda images, extractor: np.arange(len(images)) % 10)
    result = CliRunner().invoke(app, shlex.split(command))
    assert result.exit_code == 0, result.exception


def test_every_command_is_documented():
    from keras_gans.commands import latent

    assert {command.split()[1] for command in COMMANDS} == {command.name for command in latent.app.registered_commands}
