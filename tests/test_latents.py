import numpy as np
import pytest
from keras import ops

from keras_gans import registry
from keras_gans.latents import Spherical, Truncated, threefry2x32


@pytest.mark.parametrize(
    ("key", "counter", "expected"),
    [
        ((0, 0), (0, 0), (0x6B200159, 0x99BA4EFE)),
        ((0xFFFFFFFF, 0xFFFFFFFF), (0xFFFFFFFF, 0xFFFFFFFF), (0x1CB996FC, 0xBB002BE7)),
        ((0x13198A2E, 0x03707344), (0x243F6A88, 0x85A308D3), (0xC4923A9C, 0x483DF7A0)),
    ],
)
def test_threefry_known_answers(key, counter, expected):
    """The published known answers of Random123 for threefry2x32 with 20 rounds."""
    words = [[np.array([word], "int64") for word in pair] for pair in (key, counter)]
    assert tuple(int(word[0]) for word in threefry2x32(*words)) == expected


@pytest.mark.parametrize("name", registry.names("latents"))
def test_rows_depend_on_their_own_seed_alone(name):
    latents = registry.get("latents", name)
    many = ops.convert_to_numpy(latents.from_seeds([5, 2**40 + 1, 7], 16))
    one = ops.convert_to_numpy(latents.from_seeds([2**40 + 1], 16))
    np.testing.assert_array_equal(many[1:2], one)
    assert many.shape == (3, 16) and many.dtype == np.float32


@pytest.mark.parametrize(("name", "std"), [("normal", 1.0), ("uniform", 3**-0.5), ("spherical", 1.0)])
def test_moments_and_independence(name, std):
    latents = ops.convert_to_numpy(registry.get("latents", name).from_seeds(range(4000), 32))
    assert latents.mean() == pytest.approx(0.0, abs=0.01) and latents.std() == pytest.approx(std, abs=0.01)
    correlations = np.corrcoef(latents.T) - np.eye(32)
    assert np.abs(correlations).max() < 0.1
    assert abs(np.corrcoef(latents[:-1].ravel(), latents[1:].ravel())[0, 1]) < 0.01


def test_truncated_stays_within_its_threshold():
    latents = ops.convert_to_numpy(Truncated(0.5).from_seeds(range(1000), 8))
    assert 0.49 < np.abs(latents).max() <= 0.5


def test_spherical_lies_on_the_sphere():
    latents = ops.convert_to_numpy(Spherical().from_seeds(range(10), 64))
    np.testing.assert_allclose(np.linalg.norm(latents, axis=1), 8.0, rtol=1e-4)


def test_refuses_a_threshold_of_zero():
    with pytest.raises(ValueError, match="received: threshold=0"):
        Truncated(0)
