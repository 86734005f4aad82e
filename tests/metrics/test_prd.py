"""Worked examples of the PRD curve, from Sajjadi et al.'s own tests, and curves of clustered features."""

import warnings

import numpy as np
import pytest

from keras_gans.metrics import PRDCurve, PrecisionRecallDistribution, prd, prd_from_histograms


def blobs(modes, n=400, seed=0):
    """Points around `modes` of ten far corners."""
    draw = np.random.default_rng(seed)
    return 10 * np.eye(10)[draw.choice(modes, n)] + 0.01 * draw.normal(size=(n, 10))


def test_equal():
    precision, recall = prd_from_histograms([0.3, 0.7], [0.3, 0.7], angles=11)
    assert (precision[5], recall[5]) == pytest.approx((1, 1))


def test_disjoint():
    precision, recall = prd_from_histograms([1, 0], [0, 1], angles=11)
    assert np.all(precision == 0) and np.all(recall == 0)


def test_half_of_the_samples_are_wrong():
    precision, recall = prd_from_histograms(real=[1, 0], generated=[0.5, 0.5], angles=11)
    assert (precision[5], recall[5]) == pytest.approx((0.5, 0.5))
    assert precision[10] == pytest.approx(0.5) and recall[1] == pytest.approx(1)


def test_half_of_the_modes_are_missing():
    precision, recall = prd_from_histograms(real=[0.5, 0.5], generated=[1, 0], angles=11)
    assert (precision[5], recall[5]) == pytest.approx((0.5, 0.5))
    assert precision[10] == pytest.approx(1) and recall[1] == pytest.approx(0.5)


def test_curve_is_monotone():
    draw = np.random.default_rng(0)
    precision, recall = prd_from_histograms(*draw.dirichlet(np.ones(20), 2))
    assert np.all(np.diff(precision) >= 0) and np.all(np.diff(recall) <= 1e-12)


@pytest.mark.parametrize(("beta", "expected"), [(1, (2 / 3, 2 / 3)), (2, (5 / 9, 5 / 6)), (0.5, (5 / 6, 5 / 9))])
def test_f_beta(beta, expected):
    points = [(1, 0.5), (0.5, 1)]
    values = [PRDCurve(*np.array(point)[:, None]).f_beta(beta) for point in points]
    assert values == pytest.approx(expected)


def test_f_beta_of_nothing_is_zero():
    assert PRDCurve(np.zeros(3), np.zeros(3)).f8 == 0.0


@pytest.mark.parametrize(
    ("real", "generated", "recall", "precision"),
    [
        (np.full(10, 0.1), np.repeat([0.2, 0.0], 5), 0.5039, 0.9848),
        (np.repeat([0.2, 0.0], 5), np.full(10, 0.1), 0.9848, 0.5039),
        (np.full(10, 0.1), np.eye(10)[0], 0.1014, 0.8775),
    ],
    ids=["half of the modes", "half junk", "one of ten modes"],
)
def test_summaries(real, generated, recall, precision):
    curve = prd_from_histograms(real, generated)
    assert (curve.f8, curve.f1_8) == pytest.approx((recall, precision), abs=5e-4)


def test_clustered_features():
    missing = prd(blobs(10), blobs(5, seed=1), runs=1)
    assert missing.f1_8 > 0.95 and missing.f8 < 0.6
    junk = prd(blobs(5), blobs(10, seed=1), runs=1)
    assert junk.f8 > 0.95 and junk.f1_8 < 0.6
    same = prd(blobs(10), blobs(10, seed=1), runs=1)
    assert same.f8 > 0.95 and same.f1_8 > 0.95


def test_metric_names():
    values, spreads = PrecisionRecallDistribution(runs=1).compute(blobs(10), blobs(5, seed=1))
    assert values["prd_precision"] > 0.9 > 0.6 > values["prd_recall"]
    assert spreads == {}


def test_constant_images():
    # Fewer distinct points than clusters: scikit-learn warns, and the curve is that of equal sets.
    constant = np.full((50, 4), 0.1)
    with warnings.catch_warnings(action="ignore"):
        assert prd(constant, constant, runs=1).f8 == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: prd(blobs(10, 100), blobs(10, 99)), "as many real as generated rows, received: 100 real and 99"),
        (lambda: prd(blobs(10, 5), blobs(10, 5)), "no more clusters than rows, 10, received: clusters=20"),
        (lambda: prd(blobs(10, 50), blobs(10, 50), runs=0), "received: runs=0"),
        (lambda: prd_from_histograms([1.0], [0.5, 0.5]), "histograms of the same length"),
        (lambda: prd_from_histograms([0.5, 0.6], [0.5, 0.5]), "real histogram"),
        (lambda: prd_from_histograms([0.5, 0.5], [np.nan, 0.5]), "generated histogram"),
        (lambda: prd_from_histograms([0.5, 0.5], [0.5, 0.5], angles=2), "at least 3 angles"),
    ],
)
def test_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()
