"""What docs/tricks.md shows runs, and it shows every trick."""

import json
import pathlib
import re
import shlex

import keras
import numpy as np
import pytest
from typer.testing import CliRunner

from keras_gans import registry
from keras_gans.cli import app

if keras.backend.backend() != "tensorflow":
    pytest.skip("data.load needs TensorFlow", allow_module_level=True)

PAGE = (pathlib.Path(__file__).parents[2] / "docs" / "tricks.md").read_text(encoding="utf-8")
SNIPPETS = re.findall(r"```python\n(.*?)```", PAGE, flags=re.DOTALL)
COMMANDS = re.findall(r"```shell\nkeras-gans (.*?)\n```", PAGE)


def test_every_snippet_trains():
    """One step after each, with what the snippets before have defined."""
    names = {}
    for snippet in SNIPPETS:
        exec(snippet, names)
        if "gan.compile" in snippet:
            names["gan"].run_eagerly = True
            history = names["gan"].fit(names["dataset"].take(1), verbose=0).history
            assert all(np.isfinite(values).all() for values in history.values()), snippet
    assert names["noisy"].compiled is False and len(names["single"]) > 10


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.partition("--set ")[2][:40])
def test_every_command_resolves(command):
    result = CliRunner().invoke(app, [*shlex.split(command), "--dry-run"])
    assert result.exit_code == 0, result.output
    recipe = json.loads(result.output)["compile"]
    recipe = keras.saving.deserialize_keras_object(recipe)
    assert all(trick.noun == "trick" for trick in recipe["tricks"])


def test_every_trick_is_listed():
    listed = re.findall(r"^\| `(\w+)` \|", PAGE, flags=re.MULTILINE)
    assert sorted(listed) == registry.names("trick")
