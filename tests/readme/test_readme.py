"""What the README shows runs."""

import pathlib
import re

import pytest

from keras_gans import runs
from keras_gans.configuration import resolve

README = pathlib.Path(__file__).parents[2] / "README.md"
SNIPPETS = re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), flags=re.DOTALL)


@pytest.fixture
def demo_run(tmp_path, monkeypatch):
    """A folder with a run where the README has one, of a network that trains in seconds."""
    monkeypatch.chdir(tmp_path)
    small = resolve("ns_gan", "mlp", "digits", epochs=1, settings=["generator.hidden=[8]", "discriminator.hidden=[8]"])
    runs.train(small, "runs/demo", verbose=0)


def test_first_screen_runs(demo_run):
    """The first three snippets, in order, as one reader would run them."""
    names = {}
    for snippet in SNIPPETS[:3]:
        assert len(snippet.strip().splitlines()) <= 6
        exec(snippet, names)
    assert names["digits"].shape == names["images"].shape == (16, 28, 28, 1)


def test_own_objective_is_looked_up():
    from keras_gans import registry

    exec(SNIPPETS[3], {"__name__": "my_objectives"})
    try:
        assert registry.get("objective", "softplus_critic").registered_name == "softplus_critic"
    finally:
        registry._CLASSES["objective"].pop("softplus_critic")
