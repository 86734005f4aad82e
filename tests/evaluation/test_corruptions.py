import numpy as np
import pytest

from keras_gans.evaluation.corruptions import CORRUPTIONS, black_rectangles, blur, noise, salt_and_pepper, swirl

GREY = np.random.default_rng(0).integers(0, 256, (6, 28, 20, 1), dtype=np.uint8)
COLOUR = np.random.default_rng(1).integers(0, 256, (3, 16, 16, 3), dtype=np.uint8)


@pytest.mark.parametrize("images", [GREY, COLOUR])
@pytest.mark.parametrize("name", CORRUPTIONS)
def test_stronger_is_further_away_and_the_images_are_left_alone(name, images):
    corrupt, strengths = CORRUPTIONS[name]
    before = images.copy()
    spoiled = [corrupt(images, strength, seed=1) for strength in strengths]
    np.testing.assert_array_equal(images, before)
    assert len(strengths) == 4 and list(strengths) == sorted(strengths)
    for one in spoiled:
        assert one.dtype == np.uint8 and one.shape == images.shape
    np.testing.assert_array_equal(corrupt(images, strengths[0], seed=1), spoiled[0])
    assert (spoiled[0] != images).any()


def test_blur_keeps_the_mean_and_loses_the_contrast():
    blurred = blur(GREY, 0.1)
    assert blurred.mean() == pytest.approx(GREY.mean(), abs=3)
    assert blurred.std() < 0.3 * GREY.std()


def test_noise_has_the_deviation_that_it_says():
    images = np.full((20, 28, 28, 1), 128, np.uint8)
    assert noise(images, 0.1).std() == pytest.approx(25.5, rel=0.02)


def test_rectangles_are_black_and_not_outside():
    white = np.full((30, 28, 28, 1), 255, np.uint8)
    black = black_rectangles(white, 0.25) == 0
    assert 49 <= black.sum(axis=(1, 2, 3)).min() and black.sum(axis=(1, 2, 3)).max() <= 5 * 49
    assert len({image.tobytes() for image in black}) == 30


def test_swirl_by_hand():
    """The middle of a vertical line turns, its ends stay."""
    image = np.zeros((1, 21, 21, 1), np.uint8)
    image[:, :, 10] = 255
    turned = swirl(image, np.pi / 2)[0, ..., 0]
    assert turned[10, 10] == 255
    assert turned[9, 10] < 128 and max(turned[10, 9], turned[10, 11]) > 128
    np.testing.assert_array_equal(swirl(image, 0.0), image)


def test_salt_and_pepper_in_equal_parts():
    images = np.full((20, 28, 28, 3), 128, np.uint8)
    spoiled = salt_and_pepper(images, 0.2)
    assert (spoiled == 0).mean() == pytest.approx(0.1, abs=0.01)
    assert (spoiled == 255).mean() == pytest.approx(0.1, abs=0.01)
    assert ((spoiled == 128).all(axis=-1) | (spoiled != 128).all(axis=-1)).all()
