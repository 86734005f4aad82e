"""What real images score stands beside every score that was measured in the same way."""

import dataclasses
import json

import numpy as np
import pytest

from keras_gans.evaluation import Evaluator, StoredImages, floors, measure_floors, to_json
from keras_gans.metrics import extractors


@pytest.fixture(scope="module")
def measured(tmp_path_factory):
    root = tmp_path_factory.mktemp("floors")
    results = measure_floors.measure("digits", "digits_classifier", most=100, cache=root / "cache")
    (root / "digits.json").write_text(to_json(results))
    return root, {result.metric: result for result in results}


@pytest.fixture
def known(measured, monkeypatch):
    monkeypatch.setattr(floors, "folder", lambda: measured[0])
    return measured[1]


def test_real_images_of_the_training_split_and_labels_of_the_test_split(measured):
    results = measured[1]
    assert {
        "fid_100_test",
        "recall_100_test",
        "coverage_100_test",
        "classes_100_test",
        "label_accuracy_100_test",
    } < set(results)
    assert results["fid_100_test"].generated["split"] == "train"
    assert results["fid_100_test"].reference["split"] == "test"
    assert results["label_accuracy_100_test"].generated["split"] == "test"
    assert results["classes_100_test"].value == 10 and results["label_accuracy_100_test"].value > 0.97


def test_scores_know_their_floor(known, tmp_path):
    noise = np.random.default_rng(0).integers(0, 256, (100, 28, 28, 1), dtype=np.uint8)
    evaluator = Evaluator(["fid_100_test", "is_100_test", "fid_50_test"], "digits", "digits_classifier", cache=tmp_path)
    fid, inception, fewer = evaluator.evaluate(noise)
    assert fid.floor == known["fid_100_test"].value < fid.value
    assert inception.floor == known["is_100_test"].value > inception.value
    assert fewer.floor is None


def test_another_measurement_has_no_such_floor(known):
    fid = known["fid_100_test"]
    assert floors.floor(fid) == fid.value
    for changes in (
        {"metric": "fid_100_train"},
        {"extractor": "digits_classifier@000000000000"},
        {"settings": {"k": 5}},
        {"reference": {**fid.reference, "sha256": "0" * 64}},
        {"reference": None},
    ):
        assert floors.floor(dataclasses.replace(fid, **changes)) is None


@pytest.mark.parametrize("data", ["mnist", "fashion_mnist", "digits"])
def test_every_extractor_of_the_zoo_has_floors(data):
    records = json.loads((floors.folder() / f"{data}.json").read_text())
    identity = extractors.get(f"{data}_classifier").identity
    assert {record["extractor"] for record in records} == {identity, None}
    assert {"fid", "kid", "is", "recall", "classes", "label_accuracy"} <= {
        record["metric"].rsplit("_", 2)[0] for record in records
    }


def test_labels_follow_the_choice_of_images():
    images = np.arange(40, dtype=np.uint8).repeat(64).reshape(40, 8, 8, 1)
    stored = StoredImages(images)
    with pytest.raises(ValueError, match="Expected labelled images"):
        stored.labels(10)
    digits = StoredImages("digits", "test")
    (batch,) = digits.batches(50, 50)
    found = extractors.get("digits_classifier")(batch).logits.argmax(axis=1)
    assert np.mean(found == digits.labels(50)) > 0.95
