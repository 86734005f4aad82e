"""Ways between latents: their ends, their lengths, their middle."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keras_gans.latent_space import paths


def latents(seed, dim=16):
    return np.random.default_rng(seed).normal(size=(2, dim)).astype("float32")


@pytest.mark.parametrize("name", sorted(paths.PATHS))
@given(seed=st.integers(0, 2**31), steps=st.integers(2, 12))
@settings(max_examples=30, deadline=None)
def test_ends_are_the_given_latents_to_the_bit(name, seed, steps):
    start, end = latents(seed)
    way = paths.get(name)(start, end, steps)
    assert way.shape == (steps, 16) and way.dtype == np.float32
    np.testing.assert_array_equal(way[[0, -1]], [start, end])


@given(seed=st.integers(0, 2**31), length=st.floats(0.1, 50.0))
@settings(max_examples=30, deadline=None)
def test_the_spherical_way_keeps_the_norm(seed, length):
    start, end = (length * latent / np.linalg.norm(latent) for latent in latents(seed).astype("float64"))
    np.testing.assert_allclose(np.linalg.norm(paths.spherical(start, end, 9), axis=1), length, rtol=1e-6)


def test_the_spherical_way_turns_by_equal_angles_and_grows_evenly():
    way = paths.spherical([2.0, 0.0], [0.0, 4.0], 4)
    angles = np.arctan2(way[:, 1], way[:, 0])
    np.testing.assert_allclose(np.degrees(angles), [0.0, 30.0, 60.0, 90.0], atol=1e-4)
    np.testing.assert_allclose(np.linalg.norm(way, axis=1), [2.0, 8 / 3, 10 / 3, 4.0], rtol=1e-6)


def test_the_linear_way_cuts_the_corner():
    np.testing.assert_array_equal(paths.linear([2.0, 0.0], [0.0, 2.0], 3), [[2, 0], [1, 1], [0, 2]])


@pytest.mark.parametrize("end", [[3.0, 6.0], [0.0, 0.0], [1.0, 2.0]])
def test_one_direction_and_zero_are_reached_straight(end):
    start = [1.0, 2.0]
    np.testing.assert_allclose(paths.spherical(start, end, 5), paths.linear(start, end, 5), rtol=1e-6)


def test_opposite_latents_have_no_shortest_way():
    with pytest.raises(ValueError, match="not opposite"):
        paths.spherical([1.0, 2.0], [-2.0, -4.0], 5)


@pytest.mark.parametrize(
    ("start", "end", "steps", "message"),
    [
        ([1.0], [1.0], 1, "received: steps=1"),
        ([1.0], [1.0, 2.0], 3, "received: shapes"),
        ([[1.0]], [[1.0]], 3, "shape"),
    ],
)
def test_refused(start, end, steps, message):
    with pytest.raises(ValueError, match=message):
        paths.linear(start, end, steps)


def test_an_unknown_path_names_the_nearest():
    with pytest.raises(ValueError, match="nearest: spherical"):
        paths.get("sphericl")
