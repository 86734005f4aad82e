"""Improved precision and recall of small sets, and what they are blind to."""

import numpy as np
import pytest

from keras_gans.metrics import PrecisionRecall, precision_recall


def normal(n=500, d=8, seed=0):
    return np.random.default_rng(seed).normal(size=(n, d))


def test_worked_example():
    # k = 1: the real balls [-1, 1], [0, 2], [1, 7] hold 2 and 3; the generated [1, 3], [2, 4], [3, 21] hold 1 and 4.
    real, generated = [[0.0], [1.0], [4.0]], [[2.0], [3.0], [12.0]]
    assert precision_recall(real, generated, k=1) == pytest.approx((2 / 3, 2 / 3))


@pytest.mark.parametrize("offset", [0.0, 1e6])
def test_equal_sets(offset):
    assert precision_recall(normal() + offset, normal() + offset) == (1.0, 1.0)


def test_same_distribution():
    precision, recall = precision_recall(normal(2000, 2), normal(2000, 2, seed=1))
    assert precision > 0.95 and recall > 0.95


def test_far_apart():
    assert precision_recall(normal(), normal(seed=1) + 100.0) == (0.0, 0.0)


def test_half_of_the_modes():
    ends = normal(500), normal(500, seed=1) + 100.0
    both, half = np.concatenate(ends), np.concatenate([normal(500, seed=2), normal(500, seed=3)])
    precision, recall = precision_recall(both, half)
    assert precision > 0.8 and 0.3 < recall <= 0.5
    assert precision_recall(half, both) == pytest.approx((recall, precision))


def test_outlier_inflates_recall():
    real, few = normal(), normal(10, seed=1) * 0.01
    assert precision_recall(real, few)[1] < 0.1
    # Its ball reaches back to the others, over the half of the real points that lie on its side.
    assert precision_recall(real, np.concatenate([few, np.full((1, 8), 50.0)]))[1] > 0.4


def test_constant_images():
    constant = np.full((50, 64), 0.1)
    assert precision_recall(constant, constant) == (1.0, 1.0)
    assert precision_recall(constant, constant + 0.01) == (0.0, 0.0)


def test_metric():
    values, spreads = PrecisionRecall(k=5).compute(normal(), normal(seed=1))
    assert tuple(values.values()) == precision_recall(normal(), normal(seed=1), k=5)
    assert list(values) == ["precision", "recall"] and spreads == {}


@pytest.mark.parametrize(("n", "k", "message"), [(3, 3, "at least 4 rows"), (3, 0, "received: k=0")])
def test_refused(n, k, message):
    with pytest.raises(ValueError, match=message):
        precision_recall(normal(n), normal(10), k=k)
