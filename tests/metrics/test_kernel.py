"""Worked examples and population values of the kernel distance, and TF-GAN's block protocol."""

import numpy as np
import pytest
from keras import ops

from keras_gans.metrics import KernelInceptionDistance, block_kernel_distance, kernel_distance


def normal(n, d, seed=0, scale=1.0, shift=0.0):
    rows = scale * np.random.default_rng(seed).normal(size=(n, d))
    rows[:, 0] += shift
    return rows


def test_worked_example():
    # x.x' = 0, y.y' = -1 off the diagonal; x.y = 1, -1, 1, 0; k = (x.y / 2 + 1)^3.
    value, spread = kernel_distance([[1, 0], [0, 1]], [[1, 1], [-1, 0]], subset_size=2)
    assert value == pytest.approx(-2.8125, abs=1e-12)
    assert spread is None


@pytest.mark.parametrize(("scale", "shift", "expected"), [(1.0, 1.0, 0.494140625), (2.0, 0.0, 3.375), (1.0, 0.0, 0.0)])
def test_population_values(scale, shift, expected):
    real, generated = normal(5000, 8), normal(5000, 8, seed=1, scale=scale, shift=shift)
    value, spread = kernel_distance(real, generated, subsets=20, subset_size=250)
    assert value == pytest.approx(expected, abs=4 * spread / 20**0.5)


def test_unbiased_where_distributions_are_equal():
    values = [kernel_distance(normal(500, 8, 2 * k), normal(500, 8, 2 * k + 1), subset_size=500)[0] for k in range(30)]
    assert np.std(values) == pytest.approx(0.007, rel=0.4)
    assert abs(np.mean(values)) < 3 * np.std(values) / 30**0.5
    assert min(values) < 0


def test_symmetric():
    real, generated = normal(300, 8), normal(300, 8, seed=1, shift=1.0)
    assert kernel_distance(real, generated, subset_size=300)[0] == pytest.approx(
        kernel_distance(generated, real, subset_size=300)[0], rel=1e-12
    )


def test_degree_gamma_coef():
    # degree 1: the squared distance of the means, less what its diagonal adds; here means 0 and 2 of one dimension.
    value, _ = kernel_distance([[-1], [1]], [[1], [3]], degree=1, gamma=2.0, coef=7, subset_size=2)
    assert value == pytest.approx(2.0 * (-1 + 3 - 2 * 0), abs=1e-12)


def test_spread_of_subsets():
    real, generated = normal(400, 8), normal(400, 8, seed=1)
    value, spread = kernel_distance(real, generated, subsets=20, subset_size=100)
    assert spread > 1e-3
    assert (value, spread) == kernel_distance(real, generated, subsets=20, subset_size=100)
    assert value != kernel_distance(real, generated, subsets=20, subset_size=100, seed=1)[0]


def test_no_spread_of_a_single_subset():
    # All rows in each subset: rounding would give a spread of 1e-14, as if the value were that certain.
    real, generated = normal(100, 8), normal(100, 8, seed=1)
    everything = kernel_distance(real, generated, subset_size=100)
    assert everything[1] is None
    assert everything[0] == pytest.approx(block_kernel_distance(real, generated)[0], rel=1e-12)
    assert kernel_distance(real, generated, subsets=1, subset_size=50)[1] is None
    assert kernel_distance(real, normal(101, 8, seed=1), subset_size=100)[1] > 0
    metric = KernelInceptionDistance()
    assert metric.compute(real, generated) == ({"kid": everything[0]}, {})


@pytest.mark.parametrize(("n", "m"), [(500, 500), (1024, 1024), (2500, 2500), (2500, 1100)])
def test_matches_tensorflow_gan(n, m, tensorflow_gan):
    real, generated = normal(n, 32), normal(m, 32, seed=1, scale=1.2, shift=0.5)
    sides = [ops.convert_to_tensor(side, "float32") for side in (real, generated)]
    theirs = [float(value) for value in tensorflow_gan.kernel_classifier_distance_and_std_from_activations(*sides)]
    value, error = block_kernel_distance(real, generated)
    assert value == pytest.approx(theirs[0], rel=1e-5)
    if max(n, m) <= 1024:
        assert error is None and np.isnan(theirs[1])
    else:
        assert error == pytest.approx(theirs[1], rel=1e-3)  # of float32 block values


def test_standard_error_of_blocks():
    real, generated = normal(300, 8), normal(300, 8, seed=1)
    blocks = [
        kernel_distance(real[start : start + 100], generated[start : start + 100], subset_size=100)[0]
        for start in (0, 100, 200)
    ]
    value, error = block_kernel_distance(real, generated, block_size=100)
    assert value == pytest.approx(np.mean(blocks))
    assert error == pytest.approx(np.std(blocks, ddof=1) / 3**0.5)


def test_constant_images():
    constant = np.full((50, 8), 0.1)
    assert kernel_distance(constant, constant, subset_size=50)[0] == pytest.approx(0.0, abs=1e-12)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"subset_size": 101}, "subset_size from 2 to the fewest rows, 100, received: 101"),
        ({"subset_size": 1}, "subset_size from 2"),
        ({"subset_size": 2.5}, "received: subset_size=2.5"),
        ({"subset_size": 50, "degree": 0}, "received: degree=0"),
        ({"subset_size": 50, "subsets": 0}, "received: subsets=0"),
        ({"subset_size": 50, "gamma": float("nan")}, "received: gamma=nan"),
        ({"subset_size": 50, "coef": -1}, "coef=-1"),
    ],
)
def test_refused_options(options, message):
    with pytest.raises(ValueError, match=message):
        kernel_distance(normal(100, 4), normal(200, 4), **options)


def test_refused_blocks():
    with pytest.raises(ValueError, match="at least 2 rows of each side in 3 blocks, received: 30 and 5 rows"):
        block_kernel_distance(normal(30, 4), normal(5, 4), block_size=10)
