import numpy as np
import pytest
from keras import ops

from keras_gans.models import NSGAN, ConditionalGAN
from keras_gans.testing import tiny
from keras_gans.tricks import Replay, Shown

SHAPE = tiny.IMAGE_SHAPE


def show(model, trick, numbers, labels=None):
    """Shows images that are of one number each; returns the numbers that D is shown and those of their latents."""
    numbers = np.asarray(numbers, "float32")
    images = ops.convert_to_tensor(np.ones((len(numbers), *SHAPE), "float32") * numbers[:, None, None, None])
    latents = ops.convert_to_tensor(np.ones((len(numbers), tiny.LATENT_DIM), "float32") * numbers[:, None])
    labels = None if labels is None else ops.convert_to_tensor(np.asarray(labels, "int32"))
    shown = trick.shown(model, "discriminator", Shown(images, images, labels, latents))
    seen = ops.convert_to_numpy(shown.fake)
    assert np.all(seen == seen[:, :1, :1]) and np.array_equal(ops.convert_to_numpy(shown.real), images)
    return seen[:, 0, 0, 0], ops.convert_to_numpy(shown.latents)[:, 0]


def test_half_of_the_images_come_from_the_pool_and_make_room_for_the_present_ones():
    trick = Replay(size=4, share=0.5)
    model = tiny.game(NSGAN, tricks=[trick])
    rng = np.random.default_rng(0)
    pool = set()
    for step in range(20):
        present = rng.integers(1, 1000, 4).astype("float32") + 1000 * step
        before = set(pool)
        seen, latents = show(model, trick, present)
        np.testing.assert_array_equal(seen, latents)
        np.testing.assert_array_equal(seen[2:], present[2:])
        for slot in range(2):
            assert seen[slot] == present[slot] or seen[slot] in before
        pool = {value for value in ops.convert_to_numpy(trick.images)[:, 0, 0, 0] if value}
        gone = {value for value in seen[:2] if value in before}
        assert pool == (before - gone) | set(present[:2])
        if len(before) == 4:
            assert len(gone) == 2


def test_a_past_image_has_the_class_of_the_row():
    trick = Replay(size=12, share=1.0)
    model = tiny.game(ConditionalGAN, tricks=[trick])
    came_back = 0
    for step in range(1, 6):
        labels = np.array([0, 1, 2, 2, 1, 0])
        seen, _ = show(model, trick, labels + 10 * step, labels)
        np.testing.assert_array_equal(seen % 10, labels)
        came_back += np.sum(seen // 10 != step)
    assert came_back > 10


def test_the_generators_step_is_left_alone():
    trick = Replay()
    model = tiny.game(NSGAN, tricks=[trick])
    shown = Shown(ops.zeros((2, *SHAPE)), ops.ones((2, *SHAPE)))
    assert trick.shown(model, "generator", shown) is shown


@pytest.mark.parametrize("arguments", [{"size": 0}, {"share": 0}, {"share": 1.5}])
def test_refuses(arguments):
    with pytest.raises(ValueError, match="received"):
        Replay(**arguments)


def test_refuses_fewer_places_than_classes():
    with pytest.raises(ValueError, match="each of 3 classes, received: size=2"):
        tiny.game(ConditionalGAN, tricks=[Replay(size=2)])
