"""Closed forms of the Frechet distance, other implementations of it, and covariances without full rank."""

import keras
import numpy as np
import pytest
import scipy.linalg

from keras_gans.metrics import feature_statistics, frechet_distance


def gaussian(covariance, mean=0.0):
    covariance = np.asarray(covariance, np.float64)
    return np.broadcast_to(np.asarray(mean, np.float64), len(covariance)), covariance


def features(n, d, seed, scale=1.0, shift=0.0):
    draw = np.random.default_rng(seed)
    return (shift + scale * draw.normal(size=(n, d)) @ draw.normal(size=(d, d))).astype("float32")


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (gaussian(np.eye(1)), gaussian(np.eye(1), 3.0), 9.0),
        (gaussian(np.eye(5)), gaussian(4 * np.eye(5)), 5.0),
        (gaussian([[1, 0.5], [0.5, 1]]), gaussian(np.eye(2)), 4 - 2 * (1.5**0.5 + 0.5**0.5)),
        (gaussian([[2, 1], [1, 2]], [1, -1]), gaussian(np.diag([1, 4])), 2.771220),
        (gaussian(np.diag([1.0, 4, 9])), gaussian(np.diag([4.0, 0, 1])), 1 + 4 + 4),
        (gaussian(np.zeros((3, 3)), 2.0), gaussian(np.zeros((3, 3))), 12.0),
    ],
)
def test_closed_forms(a, b, expected):
    assert frechet_distance(a, b) == pytest.approx(expected, abs=1e-6)
    assert frechet_distance(b, a) == pytest.approx(expected, abs=1e-6)


def test_scale_of_the_features():
    a, b = feature_statistics(features(300, 8, 0)), feature_statistics(features(300, 8, 1, shift=0.3))
    larger = [(10 * mean, 100 * covariance) for mean, covariance, _ in (a, b)]
    assert frechet_distance(*larger) == pytest.approx(100 * frechet_distance(a, b), rel=1e-10)


def test_finite_sample_bias():
    # 2 d / n + d (d + 1) / (2 n) of a unit variance, for two sets of one Gaussian.
    draws = [np.random.default_rng(seed).normal(size=(1000, 10)) for seed in range(40)]
    values = [frechet_distance(*map(feature_statistics, pair)) for pair in zip(draws[::2], draws[1::2], strict=True)]
    assert np.mean(values) == pytest.approx(0.075, rel=0.15)


@pytest.mark.parametrize("n", [20, 50, 64, 65, 1000])
def test_matches_scipy(n):
    # n = 20, 50 and 64: fewer samples than dimensions, where sqrtm alone may turn complex.
    a, b = feature_statistics(features(n, 64, 0)), feature_statistics(features(n, 64, 1, scale=1.2, shift=0.5))
    root = scipy.linalg.sqrtm(a.covariance @ b.covariance)
    difference = a.mean - b.mean
    expected = difference @ difference + np.trace(a.covariance + b.covariance - 2 * root).real
    value = frechet_distance(a, b)
    assert value == pytest.approx(expected, rel=1e-6)
    assert frechet_distance(b, a) == pytest.approx(value, rel=1e-10)


@pytest.mark.parametrize("n", [2, 30, 1000])
def test_equal_statistics(n):
    a = feature_statistics(features(n, 64, 0, shift=5.0))
    assert abs(frechet_distance(a, a)) < 1e-10 * np.trace(a.covariance)


@pytest.mark.parametrize(("n", "d"), [(500, 16), (2000, 128)])
def test_matches_tensorflow_gan(n, d, tensorflow_gan):
    a, b = features(n, d, 0), features(n, d, 1, scale=1.1, shift=0.5)
    theirs = float(tensorflow_gan.frechet_classifier_distance_from_activations(a, b))
    assert frechet_distance(feature_statistics(a), feature_statistics(b)) == pytest.approx(theirs, rel=1e-4)


def test_constant_images():
    constant, varied = feature_statistics(np.full((50, 8), 0.1)), feature_statistics(features(50, 8, 0))
    assert frechet_distance(constant, constant) == pytest.approx(0.0, abs=1e-12)
    expected = np.sum((constant.mean - varied.mean) ** 2) + np.trace(varied.covariance)
    assert frechet_distance(constant, varied) == pytest.approx(expected, rel=1e-9)


def test_float32_statistics():
    statistics = [feature_statistics(features(30, 64, seed)) for seed in (0, 1)]
    rounded = [(mean.astype("float32"), covariance.astype("float32")) for mean, covariance, _ in statistics]
    assert frechet_distance(*rounded) == pytest.approx(frechet_distance(*statistics), rel=1e-4)


@pytest.mark.parametrize(
    ("statistics", "message"),
    [
        (gaussian(-np.eye(2)), "positive semi-definite covariance in statistics_b"),
        (gaussian([[0, 1], [1, 0]]), "positive semi-definite covariance in statistics_b"),
        (gaussian([[1, 2], [2, 1]]), "positive semi-definite covariance in statistics_b"),
        (gaussian([[1, 0.5], [0, 1]]), "symmetric covariance in statistics_b"),
        (gaussian([[1, np.nan], [np.nan, 1]]), "finite statistics_b"),
        (gaussian(np.eye(3)), r"same width, received: \(2,\) and \(3,\)"),
        ((np.zeros(3), np.eye(2)), r"statistics_b of shapes \(d,\) and \(d, d\), received: \(3,\) and \(2, 2\)"),
        ((np.zeros(0), np.eye(0)), "statistics_b of shapes"),
    ],
)
def test_refused(statistics, message):
    with pytest.raises(ValueError, match=message):
        frechet_distance(gaussian(np.eye(2)), statistics)


def test_metric_keeps_constant_memory():
    metric = keras.metrics.get({"class_name": "keras_gans>FrechetInceptionDistance", "config": {}})
    a, b = features(200, 8, 0), features(200, 8, 1)
    for start in range(0, 200, 50):
        metric.update_state(a[start : start + 50], b[start : start + 50])
    assert metric.keeps == "statistics"
    assert metric.result() == pytest.approx(frechet_distance(feature_statistics(a), feature_statistics(b)))
