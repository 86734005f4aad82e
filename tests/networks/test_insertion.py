import keras
import numpy as np
import pytest
from keras import ops

from keras_gans.models import NSGAN
from keras_gans.networks import DCGANGenerator, MLPGenerator
from keras_gans.networks.insertion import with_dropout, with_noise
from keras_gans.networks.layers.latent_dropout import LatentDropout
from keras_gans.testing import tiny


def images(network, latents, training=False):
    return ops.convert_to_numpy(network(latents, training=training))


def latents(rows, dim, seed=0):
    return np.random.default_rng(seed).normal(size=(rows, dim)).astype("float32")


@pytest.mark.parametrize("make", [MLPGenerator, DCGANGenerator])
def test_noise_follows_every_hidden_activation_in_training(make):
    network = make((16, 16, 1), 4, **({"width": 1 / 16} if make is DCGANGenerator else {"hidden": (8, 8)}))
    noisy = with_noise(network, 0.5)
    assert [layer.stddev for layer in noisy.layers if isinstance(layer, keras.layers.GaussianNoise)] == [0.5, 0.5]
    z = latents(3, 4)
    np.testing.assert_array_equal(images(noisy, z), images(network, z))
    assert np.abs(images(noisy, z, training=True) - images(network, z, training=True)).max() > 0.01


def units(rate, rows, training=False, seed=0):
    """What is left of ones, `(rows, 50)`."""
    layer = LatentDropout(rate)
    return ops.convert_to_numpy(layer([np.ones((rows, 50), "float32"), latents(rows, 4, seed)], training=training))


@pytest.mark.parametrize("training", [True, False])
def test_dropout_drops_its_share_and_scales_the_rest(training):
    left = units(0.25, 400, training)
    assert set(np.unique(left)) == {0, np.float32(1 / 0.75)}
    assert np.mean(left == 0) == pytest.approx(0.25, abs=0.01)
    assert np.mean(left == 0, axis=0).max() < 0.4 and len(np.unique(left, axis=0)) == 400


def test_masks_at_test_time_follow_from_each_rows_latents():
    z = latents(6, 4)
    ones = np.ones((6, 50), "float32")
    layer, other = LatentDropout(0.5), LatentDropout(0.5, salt=1)
    many = ops.convert_to_numpy(layer([ones, z]))
    np.testing.assert_array_equal(ops.convert_to_numpy(layer([ones[:1], z[4:5]])), many[4:5])
    assert np.abs(ops.convert_to_numpy(other([ones, z])) - many).max() > 0
    assert not np.array_equal(ops.convert_to_numpy(layer([ones, z], training=True)), many)


def test_a_game_with_dropout_at_test_time_samples_by_seed_after_saving_too(tmp_path):
    generator = with_dropout(tiny.generator(), 0.5)
    model = NSGAN(generator, tiny.discriminator())
    model.compile()
    model.fit(tiny.images(8), batch_size=8, verbose=0)
    many = model.sample(4, seed=3)
    assert np.abs(model.sample(seeds=[5]).astype(int) - many[2].astype(int)).max() <= 1
    model.save(tmp_path / "game.keras")
    np.testing.assert_array_equal(keras.saving.load_model(tmp_path / "game.keras").sample(4, seed=3), many)
    plain = tiny.generator()
    plain.set_weights(generator.get_weights())
    assert np.abs(images(plain, latents(4, 4)) - images(generator, latents(4, 4))).max() > 0.01


def test_refusals():
    with pytest.raises(ValueError, match="rate=1"):
        LatentDropout(1)
    linear = keras.Sequential([keras.Input((2,)), keras.layers.Dense(2)])
    with pytest.raises(ValueError, match="hidden activations, received: 'linear'|received: 'sequential"):
        with_noise(linear)


def test_masks_at_test_time_are_the_same_on_every_backend():
    z = np.array([[0.5, -1.25], [-3.0, 2.0]], "float32")
    left = ops.convert_to_numpy(LatentDropout(0.5, salt=3)([np.ones((2, 12), "float32"), z]))
    expected = [[1, 1, 0, 0, 1, 1, 0, 1, 0, 1, 0, 1], [1, 1, 1, 1, 1, 0, 0, 1, 0, 1, 0, 1]]
    np.testing.assert_array_equal(left > 0, np.array(expected, bool))
