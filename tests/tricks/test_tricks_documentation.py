"""What docs/tricks.md shows runs, and it shows every trick."""

import json
import pathlib
import re
import shlex

import keras
import numpy as np
import pytest

from keras_gans import registry, runs
from keras_gans.configuration import resolve

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
    from typer.testing import CliRunner

    from keras_gans.cli import app

    result = CliRunner().invoke(app, [*shlex.split(command), "--dry-run"])
    assert result.exit_code == 0, result.output
    recipe = json.loads(result.output)["compile"]
    recipe = keras.saving.deserialize_keras_object(recipe)
    assert all(trick.noun == "trick" for trick in recipe["tricks"])


def test_every_trick_is_listed():
    listed = re.findall(r"^\| `(\w+)` \|", PAGE, flags=re.MULTILINE)
    assert sorted(listed) == registry.names("trick")


def test_a_run_with_tricks_is_loaded_again(tmp_path):
    settings = ["generator.hidden=[8]", "discriminator.hidden=[8]", "data.single_label=true"]
    settings += ["compile.tricks=instance_noise,replay", "compile.tricks.0.stddev=0.2"]
    model = runs.train(resolve("ns_gan", "mlp", "digits", epochs=1, settings=settings), tmp_path, verbose=0)
    loaded = runs.load_run(tmp_path)
    assert [trick.registered_name for trick in loaded.tricks] == ["instance_noise", "replay"]
    assert loaded.tricks[0].stddev == 0.2
    np.testing.assert_array_equal(loaded.tricks[1].images.numpy(), model.tricks[1].images.numpy())


def test_a_mistyped_trick_names_the_nearest():
    with pytest.raises(ValueError, match="nearest: instance_noise"):
        resolve("ns_gan", "mlp", "digits", settings=["compile.tricks=instance_nois"])
    with pytest.raises(ValueError, match="nearest: compile.tricks.0.stddev"):
        resolve("ns_gan", "mlp", "digits", settings=["compile.tricks=instance_noise", "compile.tricks.0.stdev=1"])
