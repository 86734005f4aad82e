"""The sliced Wasserstein distance: zero, symmetric, larger for larger changes, on the scale where they are."""

import numpy as np
import pytest
from scipy.ndimage import gaussian_filter

from keras_gans.metrics import SlicedWasserstein, sliced_wasserstein
from keras_gans.metrics.sliced_wasserstein import laplacian

QUICK = {"patches": 16, "repeats": 1, "directions": 32}


def images(n=64, size=32, channels=1, seed=0, blur=1.5):
    noise = np.random.default_rng(seed).normal(size=(n, size, size, channels))
    smooth = gaussian_filter(noise, (0, blur, blur, 0))
    return np.clip(127.5 + 60 * smooth / smooth.std(), 0, 255).astype("uint8")


def test_levels():
    assert list(sliced_wasserstein(images(8), images(8), **QUICK)) == [32, 16]
    assert list(sliced_wasserstein(images(8, 28), images(8, 28), **QUICK)) == [28, 14]
    assert list(sliced_wasserstein(images(8, 15), images(8, 15), **QUICK)) == [15]


def test_equal_sets_and_symmetry():
    real, generated = images(), images(seed=1, blur=2.5)
    assert set(sliced_wasserstein(real, real, **QUICK).values()) == {0.0}
    assert sliced_wasserstein(real, generated, **QUICK) == pytest.approx(sliced_wasserstein(generated, real, **QUICK))


def test_order_of_changes():
    real = images(256)
    same, near, far = (sliced_wasserstein(real, images(256, seed=1, blur=blur), **QUICK) for blur in (1.5, 1.8, 3.0))
    for height in (32, 16):
        assert same[height] < near[height] < far[height]


def test_fine_noise_is_seen_on_the_fine_level():
    real = images(256, blur=4.0)
    noise = 20 * np.random.default_rng(1).normal(size=real.shape)
    noisy = np.clip(images(256, seed=1, blur=4.0) + noise, 0, 255).astype("uint8")
    same = sliced_wasserstein(real, images(256, seed=1, blur=4.0), **QUICK)
    found = sliced_wasserstein(real, noisy, **QUICK)
    assert found[32] > 3 * same[32] and found[32] > 3 * found[16]


def test_brightness_of_a_channel_does_not_matter():
    # Channels are scaled to mean 0 and variance 1 on each side.
    real = images(channels=3, blur=1.0) // 2
    assert max(sliced_wasserstein(real, real + np.uint8([40, 10, 0]), **QUICK).values()) < 1e-2


def test_one_dimensional_distance():
    # Of one patch of one pixel per image, the distance is that of the sorted standard scores.
    draw = np.random.default_rng(0)
    values = draw.integers(0, 256, (2, 50))
    real, generated = (np.tile(side[:, None, None, None], (1, 15, 15, 1)).astype("uint8") for side in values)
    scores = [np.sort((side - side.mean()) / side.std()) for side in values]
    found = sliced_wasserstein(real, generated, neighbourhood=1, **QUICK)[15]
    assert found == pytest.approx(1e3 * np.mean(np.abs(scores[0] - scores[1])), rel=1e-3)


def test_pyramid_adds_up():
    pictures = images(4).astype("float32")
    rest = laplacian(pictures, 1, last=True)
    constant = np.full((1, 32, 32, 1), 7.0, "float32")
    assert rest.shape == (4, 16, 16, 1)
    np.testing.assert_allclose(laplacian(constant, 1, last=True), 7.0, rtol=1e-6)
    np.testing.assert_allclose(laplacian(constant, 0, last=False), 0.0, atol=1e-5)


def test_constant_images():
    constant = np.full((8, 16, 16, 1), 100, "uint8")
    assert set(sliced_wasserstein(constant, constant, **QUICK).values()) == {0.0}
    assert all(np.isfinite(value) for value in sliced_wasserstein(constant, images(8, 16), **QUICK).values())


def test_metric_is_the_mean_over_levels():
    values, spreads = SlicedWasserstein(seed=3).compute(images(8, 28), images(8, 28, seed=1))
    assert values["swd"] == pytest.approx(
        np.mean(list(sliced_wasserstein(images(8, 28), images(8, 28, seed=1), seed=3).values()))
    )
    assert spreads == {}


@pytest.mark.parametrize(
    ("real", "generated", "error", "message"),
    [
        (images(8), images(7), ValueError, "equally many images of one size of at least 14"),
        (images(8, 12), images(8, 12), ValueError, "at least 14 pixels"),
        (images(8) / 255, images(8), TypeError, "real images of dtype uint8"),
    ],
)
def test_refused(real, generated, error, message):
    with pytest.raises(error, match=message):
        sliced_wasserstein(real, generated, **QUICK)
