import numpy as np
import pytest

from keras_gans import data
from keras_gans.data.toys import Grid, Ring, SwissRoll


@pytest.mark.parametrize(("mixture", "modes", "std"), [(Ring(), 8, 0.01), (Grid(), 25, 0.05)])
def test_mixtures_sample_their_means_and_their_deviation(mixture, modes, std):
    points, labels = mixture.sample(50_000, seed=3)
    assert points.shape == (50_000, 2) and points.dtype == np.float32 and mixture.means.shape == (modes, 2)
    assert mixture.std == std
    assert np.bincount(labels) == pytest.approx(50_000 / modes, rel=0.1)
    for mode, mean in enumerate(mixture.means):
        cloud = points[labels == mode]
        assert cloud.mean(axis=0) == pytest.approx(mean, abs=5 * std / np.sqrt(len(cloud)))
        assert cloud.std(axis=0) == pytest.approx(std, rel=0.08)
    near = np.linalg.norm(points - mixture.means[labels], axis=1) < 3 * std
    assert near.mean() == pytest.approx(1 - np.exp(-4.5), abs=0.003)  # the share of an ideal sampler, not 99.7 %


def test_means_are_where_the_papers_put_them():
    assert Ring().means[[0, 2, 4]] == pytest.approx(np.array([[1, 0], [0, 1], [-1, 0]]), abs=1e-7)
    assert sorted(map(tuple, Grid().means.tolist())) == [(x, y) for x in range(-4, 5, 2) for y in range(-4, 5, 2)]


def test_the_roll_is_a_spiral():
    points, labels = SwissRoll(noise=0.0).sample(1000)
    radius = 7.5 * np.linalg.norm(points, axis=1)  # = t, the angle
    assert labels is None and 1.5 * np.pi <= radius.min() < radius.max() <= 4.5 * np.pi
    assert 7.5 * points[:, 0] == pytest.approx(radius * np.cos(radius), abs=1e-4)


@pytest.mark.parametrize("name", ["ring", "grid", "swiss_roll"])
def test_toys_are_loaded_without_scaling(name):
    train, train_modes = data.arrays(name)
    test, test_modes = data.arrays(name, split="test")
    assert len(train) == 100_000 and len(test) == 10_000
    assert train_modes is None or not np.array_equal(train_modes[:10_000], test_modes)
    batch = next(iter(data.load(name, batch_size=16, discriminator_steps=2, shuffle=False)))
    assert np.array_equal(batch, train[:32])


def test_toys_have_no_image_size():
    with pytest.raises(ValueError, match="no image_size for points.*'ring'"):
        data.load("ring", image_size=28)
