"""What docs/diagnostics.md shows runs."""

import pathlib
import re

from keras_gans import data
from keras_gans.models import NSGAN
from keras_gans.testing import tiny

DOCS = pathlib.Path(__file__).parents[2] / "docs" / "diagnostics.md"


def test_the_snippet_runs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (snippet,) = re.findall(r"```python\n(.*?)```", DOCS.read_text(encoding="utf-8"), flags=re.DOTALL)
    images = tiny.images(16)
    names = {"gan": tiny.game(NSGAN), "dataset": data.load(images, batch_size=8), "images": images}
    exec(snippet.replace('"mnist"', "images").replace("epochs=50", "epochs=1"), names)
    assert (tmp_path / "runs/a/diagnostics/examinations.jsonl").is_file()
