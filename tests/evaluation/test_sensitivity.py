"""Scores see what they should: on the embedded digits, and on MNIST where it is prepared."""

import os

import numpy as np
import pytest
from PIL import Image
from typer.testing import CliRunner

from keras_gans import data, metrics
from keras_gans.data import tfds
from keras_gans.evaluation import sensitivity
from keras_gans.evaluation.corruptions import CORRUPTIONS
from keras_gans.evaluation.ladder_plot import draw
from keras_gans.evaluation.sensitivity import class_dropping, corruption_ladder
from keras_gans.metrics import extractors

SETS = {"digits": 297, "mnist": 500, "fashion_mnist": 500}


def prepared(name):
    if name != "digits" and not os.path.isdir(os.path.join(tfds.data_folder(), name)):
        pytest.skip(f"{name} is not prepared in TFDS_DATA_DIR")
    return f"{name}_classifier"


@pytest.fixture(scope="module")
def digits_ladder(tmp_path_factory):
    cache = tmp_path_factory.mktemp("cache")
    return corruption_ladder("digits", "digits_classifier", SETS["digits"], cache=cache)


def test_fid_rises_on_every_step(digits_ladder):
    assert set(digits_ladder) == {"blur", "noise", "black_rectangles", "swirl", "salt_and_pepper"}
    for name, steps in digits_ladder.items():
        assert [strength for strength, _ in steps] == [0.0, *CORRUPTIONS[name][1]]
        scores = [result.value for _, result in steps]
        assert all(np.diff(scores) > 0), (name, scores)
        assert scores[-1] > 20 * scores[0]


@pytest.mark.parametrize("name", ["mnist", "fashion_mnist"])
def test_fid_rises_on_every_step_of_larger_sets(name, tmp_path):
    ladder = corruption_ladder(name, prepared(name), SETS[name], cache=tmp_path)
    for corruption, steps in ladder.items():
        assert all(np.diff([result.value for _, result in steps]) > 0), corruption


@pytest.mark.parametrize("name", SETS)
def test_dropping_half_of_the_classes_costs_recall_only(name, tmp_path):
    whole, half = dropped(name, ["fid", "is", "pr"], tmp_path)
    assert half["precision"] > whole["precision"] - 0.05
    assert half["recall"] < 0.65 * whole["recall"]
    assert half["fid"] > 3 * whole["fid"]
    assert half["is"] <= 5 and half["is"] < 0.65 * whole["is"]  # at most as many as there are classes


def test_the_curve_of_precision_and_recall_says_the_same():
    extractor = extractors.get("digits_classifier")
    images, labels = data.arrays("digits", "train")
    real, whole = (extractor(images[rows]).features for rows in (slice(0, 200), slice(200, 400)))
    half = extractor(images[200:][labels[200:] < 5][:200]).features
    whole, half = (metrics.prd(real, generated, runs=2) for generated in (whole, half))
    assert half.f1_8 > whole.f1_8 - 0.1
    assert half.f8 < 0.8 * whole.f8


def dropped(name, names, cache):
    """`{value's name: value}` with ten and with five classes."""
    scores = class_dropping(name, prepared(name), kept=(10, 5), count=SETS[name], metrics=names, cache=cache)
    return ({result.metric.partition(f"_{SETS[name]}")[0]: result.value for result in scores[n]} for n in (10, 5))


def test_the_plot_shows_every_corruption(digits_ladder, tmp_path):
    draw(digits_ladder, data.arrays("digits", "test")[0][0], tmp_path / "new" / "ladder.png")
    picture = np.asarray(Image.open(tmp_path / "new" / "ladder.png").convert("L"))
    assert picture.shape[1] > 1000 and picture.std() > 10
    assert os.listdir(tmp_path / "new") == ["ladder.png"]


def test_the_commands_print_a_line_for_each(monkeypatch, tmp_path, digits_ladder):
    monkeypatch.setattr(sensitivity, "corruption_ladder", lambda *arguments: digits_ladder)
    plot = tmp_path / "ladder.png"
    result = CliRunner().invoke(sensitivity.app, ["corruptions", "digits", "--count", "297", "--plot", str(plot)])
    assert result.output.count("rises") == 5 and plot.exists()
    monkeypatch.setattr(sensitivity, "class_dropping", lambda *arguments, **options: {5: [digits_ladder["blur"][0][1]]})
    result = CliRunner().invoke(sensitivity.app, ["classes", "digits", "--count", "297"])
    assert "5 classes  fid_297_test=" in result.output
