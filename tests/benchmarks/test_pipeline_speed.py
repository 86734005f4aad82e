"""The benchmark of the pipeline measures both sides of every pair, and its command writes them. No time is asserted."""

import json

import keras
import pytest
from typer.testing import CliRunner

from keras_gans import data
from keras_gans.benchmarks import pipeline

pytestmark = pytest.mark.skipif(keras.backend.backend() != "tensorflow", reason="tf.data is TensorFlow's")


def test_command(tmp_path, monkeypatch):
    from keras_gans.commands.bench import app

    monkeypatch.setattr(pipeline, "FILES", 8)
    small = [
        pipeline.Pair("digits", "dcgan_lecture", 8, 1 / 16, "digits"),
        pipeline.Pair("files", "dcgan", 4, 1 / 16, options={"image_size": 16, "memory_limit": 0}),
    ]
    monkeypatch.setattr(pipeline, "pairs", lambda dataset: small)
    path = tmp_path / "figures.json"
    options = ["--rounds", "2", "--batches", "3", "--steps", "2", "--data", "digits", "--json", str(path)]
    printed = CliRunner().invoke(app, ["data", *options])
    assert printed.exit_code == 0, printed.output
    report = json.loads(path.read_text())
    assert list(report["pairs"]) == ["digits", "files"] and "files" in printed.output
    for row in report["pairs"].values():
        assert min(row["pipeline"], row["training"], row["ratio"]) > 0


def test_what_is_measured():
    """The issue's cases: small images in two batches, photographs to 64x64 in memory and decoded each time."""
    first, second, kept, decoded = pipeline.pairs()
    assert (first.dataset, first.network, first.batch_size) == ("mnist", "dcgan_lecture", 128)
    assert (second.dataset, second.network, second.batch_size, second.width) == ("mnist", "dcgan", 64, 0.25)
    assert kept.options["image_size"] == 64 and decoded.options == {**kept.options, "memory_limit": 0}


def test_the_photographs_are_as_large_as_photographs(tmp_path):
    pipeline._write_photographs(tmp_path)
    sizes = [path.stat().st_size for path in tmp_path.iterdir()]
    assert len(sizes) == pipeline.FILES and 5_000 < sum(sizes) / len(sizes) < 30_000  # CelebA's have 7 kB
    assert data.arrays(str(tmp_path), image_size=64)[0].shape == (pipeline.FILES, 64, 64, 3)
