"""The data-copying test on generators that copy, that do not, and that are poor."""

import numpy as np
import pytest

from keras_gans.metrics import memorization


def normal(n=400, d=8, seed=0, scale=1.0):
    return scale * np.random.default_rng(seed).normal(size=(n, d))


TRAIN, TEST = normal(), normal(seed=1)


def test_worked_example():
    # Distances 0.1, 0.4 of the generated and 0.2, 0.3, 0.5 of the held-out rows: U = 0 + 2 of 6 pairs.
    found = memorization([[0.1], [0.4]], [[0.0]], [[0.2], [0.3], [0.5]])
    assert found.closer == pytest.approx(4 / 6)
    assert found.statistic == pytest.approx((2 - 3) / np.sqrt(6 * 6 / 12))
    assert found.verdict == "no sign of memorization"


def test_held_out_data_is_no_copy():
    statistics = [memorization(normal(seed=seed), TRAIN, TEST) for seed in range(2, 12)]
    assert all(found.verdict == "no sign of memorization" for found in statistics)
    assert np.mean([found.closer for found in statistics]) == pytest.approx(0.5, abs=0.05)
    assert np.mean([found.near_copies for found in statistics]) == pytest.approx(0.01, abs=0.02)


@pytest.mark.parametrize("noise", [0.0, 0.1])
def test_copies(noise):
    found = memorization(TRAIN + normal(seed=2, scale=noise), TRAIN, TEST)
    assert found.verdict == "memorizes" and found.statistic < -3 and found.closer == 1.0 and found.near_copies == 1.0


def test_poor_samples():
    found = memorization(normal(seed=2, scale=3.0), TRAIN, TEST)
    assert found.verdict == "underfits" and found.statistic > 3 and found.closer < 0.2


def test_copies_among_poor_samples():
    found = memorization(np.concatenate([TRAIN[:40], normal(360, seed=2, scale=3.0)]), TRAIN, TEST)
    assert found.verdict == "underfits" and found.near_copies == pytest.approx(0.1, abs=0.01)


def test_threshold_of_the_verdict():
    found = memorization(normal(seed=2, scale=1.02), TRAIN, TEST)
    smaller = abs(found.statistic) / 2
    assert memorization(normal(seed=2, scale=1.02), TRAIN, TEST, threshold=smaller).verdict != "no sign of memorization"


def test_constant_images():
    constant = np.full((20, 64), 0.1)
    found = memorization(constant, constant, constant)
    assert (found.statistic, found.closer, found.verdict) == (0.0, 0.5, "no sign of memorization")


def test_refused():
    with pytest.raises(ValueError, match=r"one width, received: train \(400, 8\), test \(5, 7\)"):
        memorization(TRAIN, TRAIN, normal(5, 7))
    with pytest.raises(ValueError, match="finite test features"):
        memorization(TRAIN, TRAIN, np.full((5, 8), np.nan))
