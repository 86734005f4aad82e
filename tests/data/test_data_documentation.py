"""What docs/data.md shows runs."""

import pathlib
import re

from keras_gans import distribution

PAGE = (pathlib.Path(__file__).parents[2] / "docs" / "data.md").read_text(encoding="utf-8")


def test_the_snippet():
    names = {}
    for snippet in re.findall(r"```python\n(.*?)```", PAGE, flags=re.DOTALL):
        exec(snippet, names)
    assert names["images"].shape == (64, 28, 28, 1) and names["labels"].shape == (64,)


def test_strategies_are_those_that_there_are():
    named = re.findall(r"--strategy (\w+)", PAGE)
    assert set(named) == set(distribution.NAMES) - {"auto", "none"}
