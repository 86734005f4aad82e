"""Mode coverage of samples that were placed by hand, and of the mixture itself."""

import numpy as np
import pytest

from keras_gans.metrics import mode_coverage

CORNERS = [[0.0, 0.0], [10.0, 0.0], [0.0, 10.0], [10.0, 10.0]]


def ring(n, std=0.01, modes=8, seed=0):
    draw = np.random.default_rng(seed)
    angles = 2 * np.pi * np.arange(8) / 8
    means = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    return means[draw.integers(modes, size=n)] + std * draw.normal(size=(n, 2)), means


def test_worked_example():
    # Two samples at the first mode (one of them 3 std away), one at the second, one between modes.
    found = mode_coverage([[0.0, 0.0], [3.0, 0.0], [10.0, 1.0], [5.0, 5.0]], CORNERS, std=1.0)
    assert (found.modes, found.high_quality) == (2, 0.75)
    expected = 2 / 3 * np.log(2 / 3 * 4) + 1 / 3 * np.log(1 / 3 * 4)
    assert found.reverse_kl == pytest.approx(expected)


def test_perfect_sampler():
    samples, means = ring(100_000)
    found = mode_coverage(samples, means, std=0.01)
    assert found.modes == 8
    assert found.high_quality == pytest.approx(1 - np.exp(-4.5), abs=1e-3)
    values = [mode_coverage(*ring(2500, seed=seed), std=0.01).reverse_kl for seed in range(50)]
    assert np.mean(values) == pytest.approx(7 / (2 * 2500), rel=0.3)


def test_missing_modes():
    samples, means = ring(10_000, modes=4)
    found = mode_coverage(samples, means, std=0.01)
    assert found.modes == 4
    assert found.reverse_kl == pytest.approx(np.log(2), abs=1e-2)


def test_shrunken_modes_have_too_much_quality():
    samples, means = ring(5000, std=0.005)
    assert mode_coverage(samples, means, std=0.01).high_quality > 0.999


def test_modes_of_different_size():
    # 4 lies nearer to the mean 10 in plain distance only if the first mode is narrow.
    found = mode_coverage([[6.0]], [[0.0], [10.0]], std=[4.0, 1.0])
    assert (found.modes, found.high_quality, found.reverse_kl) == (1, 1.0, pytest.approx(np.log(2)))
    assert mode_coverage([[6.0]], [[0.0], [10.0]], std=1.0).high_quality == 0.0


def test_no_sample_of_quality():
    found = mode_coverage([[5.0, 5.0]], CORNERS, std=1.0)
    assert (found.modes, found.high_quality, found.reverse_kl) == (0, 0.0, None)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"std": 0.0}, "std=0.0"),
        ({"std": float("nan")}, "std=nan"),
        ({"std": [1.0, 1.0]}, r"for each of 4 modes, received: std=\[1.0, 1.0\]"),
        ({"std": 1.0, "radius": 0}, "radius=0"),
        ({"std": 1.0, "means": [[0.0]]}, r"one width, received: \(1, 2\) and \(1, 1\)"),
        ({"std": 1.0, "samples": [[np.nan, 0.0]]}, "finite samples"),
    ],
)
def test_refused(options, message):
    with pytest.raises(ValueError, match=message):
        mode_coverage(**{"samples": [[0.0, 0.0]], "means": CORNERS, **options})
