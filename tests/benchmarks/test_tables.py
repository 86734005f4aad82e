"""The tables of the documentation come from the files of runs, and are those of today's files."""

import json
import pathlib

import pytest
from typer.testing import CliRunner

from keras_gans.benchmarks import protocols, tables
from keras_gans.benchmarks.points import GridBenchmark
from keras_gans.benchmarks.record import Record
from keras_gans.cli import app

PAGE = pathlib.Path(__file__).parents[2] / "docs" / "benchmarks.md"


@pytest.fixture
def file(tmp_path):
    record = Record(tmp_path / "some" / "grid.json", GridBenchmark(steps=16, width=0.5))
    for seed, modes in enumerate((24, 25)):
        figures = {"modes": modes, "high_quality": 0.5, "reverse_kl": 0.25}
        record.add({"contestant": "gan", "seed": seed, **figures, "diverged": False, "seconds": 1800.0})
    return record.path


def test_a_table_has_our_rows_and_the_published_ones(file):
    result = CliRunner().invoke(app, ["bench", "table", str(file)])
    assert result.exit_code == 0, result.output
    assert "| gan | 24.5 +- 0.5 | 0.5 +- 0 | 0.25 +- 0 | 2 | 30.0 |" in result.output
    assert "| published: PacGAN4 | 24.8 +- 0.2" in result.output
    assert "steps 16, batch_size 100" in result.output and "2 runs, 1.0 hours in all on" in result.output


def test_the_runs_of_several_machines_are_told_apart(file):
    report = json.loads(file.read_text())
    report["runs"][0] |= {"machine": "a GPU", "backend": "jax"}
    file.write_text(json.dumps(report))
    text = tables.table(file)
    assert "hours in all on a GPU (1 of 2) and " in text and "on jax (1 of 2) and tensorflow (1 of 2)." in text


@pytest.mark.parametrize("text", [None, "{", "[]", '{"protocol": {}}'])
def test_other_files_are_refused(tmp_path, text):
    path = tmp_path / "runs.json"
    if text is not None:
        path.write_text(text)
    with pytest.raises(
        ValueError, match="Expected a file of runs that `keras-gans bench --json` has written, received"
    ):
        tables.table(path)


def test_the_blocks_of_a_page_are_made_anew(file):
    page = file.parents[1] / "page.md"
    page.write_text("Before.\n<!-- table: some/grid.json -->\nold\n<!-- /table -->\nAfter.\n")
    assert CliRunner().invoke(app, ["bench", "table", str(page)]).exit_code == 0
    text = page.read_text()
    assert text.startswith("Before.\n<!-- table: some/grid.json -->\n| ") and text.endswith("<!-- /table -->\nAfter.\n")
    assert "old" not in text and "| gan | 24.5 +- 0.5" in text and "![" not in text
    assert tables.refreshed(text, page.parent) == text
    assert "No runs yet." in tables.refreshed(text.replace("grid.json", "ring.json"), page.parent)
    (file.parent / "grid.png").touch()
    assert "(some/grid.png)" in tables.refreshed(text, page.parent)


def test_the_tables_of_the_documentation_are_not_stale():
    """Else: keras-gans bench table docs/benchmarks.md"""
    text = PAGE.read_text(encoding="utf-8")
    assert tables.refreshed(text, PAGE.parent) == text and text.count("<!-- table: ") >= 2


def test_a_record_names_its_protocol(file):
    settings = json.loads(file.read_text())["protocol"]
    assert protocols.of(settings) == GridBenchmark(steps=16, width=0.5)
    with pytest.raises(ValueError, match="nearest: grid"):
        protocols.of({**settings, "benchmark": "grit"})
