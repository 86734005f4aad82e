"""Density and coverage of small sets, and what an outlier cannot do."""

import numpy as np
import pytest

from keras_gans.metrics import DensityCoverage, density_coverage


def normal(n=500, d=8, seed=0):
    return np.random.default_rng(seed).normal(size=(n, d))


def test_worked_example():
    # Open real balls (k = 1) ]-1, 1[, ]0, 2[, ]1, 7[: 0.5 lies in two of them, 6 in one, 7 and 9 in none.
    real, generated = [[0.0], [1.0], [4.0]], [[0.5], [6.0], [7.0], [9.0]]
    assert density_coverage(real, generated, k=1) == pytest.approx((3 / 4, 1.0))
    assert density_coverage(real, generated[:1] * 3, k=1) == pytest.approx((2.0, 2 / 3))


@pytest.mark.parametrize("offset", [0.0, 1e6])
@pytest.mark.parametrize("d", [2, 64])
def test_equal_sets(offset, d):
    assert density_coverage(normal(d=d) + offset, normal(d=d) + offset) == (1.0, 1.0)


def test_same_distribution():
    # The expected coverage of equal counts is about 1 - 2^-k.
    density, coverage = density_coverage(normal(3000, 2), normal(3000, 2, seed=1))
    assert density == pytest.approx(1.0, abs=0.05)
    assert coverage == pytest.approx(1 - 2**-5, abs=0.02)


def test_outlier_changes_little():
    real, generated = normal(), normal(seed=1)
    outlier = np.full((1, 8), 50.0)
    before, after = density_coverage(real, generated), density_coverage(real, np.concatenate([generated, outlier]))
    assert after == pytest.approx(before, rel=0.01)


def test_far_apart():
    assert density_coverage(normal(), normal(seed=1) + 100.0) == (0.0, 0.0)


def test_constant_images():
    # Balls without a radius hold nothing.
    constant = np.full((50, 64), 0.1)
    assert density_coverage(constant, constant) == (0.0, 0.0)


def test_metric():
    values, spreads = DensityCoverage(k=3).compute(normal(), normal(seed=1))
    assert tuple(values.values()) == density_coverage(normal(), normal(seed=1), k=3)
    assert list(values) == ["density", "coverage"] and spreads == {}


def test_few_samples():
    assert density_coverage(normal(6), normal(1), k=5)[1] <= 1.0
    with pytest.raises(ValueError, match="more than k=5 rows of real features"):
        density_coverage(normal(5), normal(10))
