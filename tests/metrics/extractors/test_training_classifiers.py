"""The script that trains the zoo's classifiers, for one short epoch."""

import json

import numpy as np
import pytest
from typer.testing import CliRunner

from keras_gans import data
from keras_gans.metrics.extractors import ZooClassifier, train
from keras_gans.metrics.extractors.network import classifier


def test_what_it_writes_is_an_extractor(tmp_path, monkeypatch):
    images, labels = data.arrays("digits", "train")
    monkeypatch.setattr(train, "arrays", lambda name, split: (images[:128], labels[:128]))
    train.train("digits", out=str(tmp_path), epochs=1, seed=3, precision="float32")
    folder = tmp_path / "digits_classifier"
    assert sorted(path.name for path in folder.iterdir()) == ["classifier.weights.h5", "extractor.json"]
    extractor = ZooClassifier(folder)
    assert extractor(images[:4]).features.shape == (4, 128)
    description = json.loads((folder / "extractor.json").read_text())
    command = "python -m keras_gans.metrics.extractors.train digits --epochs 1 --seed 3 --precision float32"
    assert description["run"]["command"] == command
    hits = np.argmax(extractor(images[:128]).logits, axis=1) == labels[:128]
    assert description["accuracy"]["value"] == pytest.approx(hits.mean(), abs=0.01)


def test_bfloat16_is_for_the_hidden_layers_only():
    network = classifier(dtype="mixed_bfloat16")
    assert {layer.compute_dtype for layer in network.layers[1:-2]} == {"bfloat16"}
    assert {output.dtype for output in network.outputs} == {"float32"}


def test_an_unknown_data_set_lists_the_nearest():
    import typer

    app = typer.Typer()
    app.command()(train.train)
    result = CliRunner().invoke(app, ["mnits"])
    assert result.exit_code == 2 and "nearest: mnist" in " ".join(result.output.split())
