"""Closed forms of the Inception score, its pitfalls, and TF-GAN's value."""

import numpy as np
import pytest

from keras_gans.metrics import InceptionScore, inception_score


def logits(labels, classes=10, confidence=1.0):
    """Logits of a classifier with p(label) = `confidence` and the rest spread evenly."""
    rest = (1.0 - confidence) / (classes - 1)
    with np.errstate(divide="ignore"):
        rows = np.where(np.eye(classes)[labels] > 0, np.log(confidence), np.log(rest))
    return np.maximum(rows, -1e4)


BALANCED = np.arange(5000) % 10


def test_sure_and_balanced_is_the_number_of_classes():
    assert inception_score(logits(BALANCED), splits=1)[0] == pytest.approx(10.0, rel=1e-9)


def test_constant_is_one():
    value, spread = inception_score(logits(np.zeros(100, int)))
    assert value == pytest.approx(1.0) and spread == pytest.approx(0.0, abs=1e-12)


def test_confidence():
    a = 0.9
    expected = 10 * np.exp(a * np.log(a) + (1 - a) * np.log((1 - a) / 9))
    assert expected == pytest.approx(5.799546)
    assert inception_score(logits(BALANCED, confidence=a), splits=1)[0] == pytest.approx(expected, rel=1e-9)


def test_shuffled_before_it_is_split():
    # Sorted by class, ten contiguous splits would score 1 each.
    assert inception_score(logits(np.sort(BALANCED)))[0] > 9.8


@pytest.mark.parametrize("size", [500, 5000])
def test_small_splits_score_less(size):
    labels = np.random.default_rng(0).integers(10, size=10 * size)
    value, spread = inception_score(logits(labels))
    assert value == pytest.approx(10 * np.exp(-9 / (2 * size)), abs=0.02)
    assert 0 < spread < 0.1


def test_shift_of_the_logits_changes_nothing():
    rows = 5 * np.random.default_rng(0).normal(size=(200, 10))
    assert inception_score(rows + 1e4)[0] == pytest.approx(inception_score(rows)[0], rel=1e-9)


def test_extreme_logits_stay_finite():
    rows = 1e30 * np.random.default_rng(0).normal(size=(200, 10))
    assert 8 < inception_score(rows.astype("float32"), splits=2)[0] <= 10


def test_no_spread_of_a_single_split():
    assert inception_score(logits(BALANCED), splits=1)[1] is None
    assert InceptionScore(splits=1).compute(None, logits(BALANCED))[1] == {}


def test_matches_tensorflow_gan(tensorflow_gan):
    rows = 3 * np.random.default_rng(0).normal(size=(1000, 10)).astype("float32")
    theirs = float(tensorflow_gan.classifier_score_from_logits(rows))
    assert inception_score(rows, splits=1)[0] == pytest.approx(theirs, rel=1e-4)


@pytest.mark.parametrize(
    ("rows", "options", "message"),
    [
        (np.zeros(10), {}, r"real logits|logits of shape"),
        (np.zeros((9, 3)), {}, "at least 10 rows of logits"),
        (np.zeros((9, 3)), {"splits": 0}, "received: splits=0"),
        (np.full((20, 3), np.nan), {}, "finite logits"),
        (np.full((20, 3), -np.inf), {}, "finite logits"),
    ],
)
def test_refused(rows, options, message):
    with pytest.raises(ValueError, match=message):
        inception_score(rows, **options)
