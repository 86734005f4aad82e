import keras
import numpy as np

from keras_gans import latents
from keras_gans.models import InfoGAN
from keras_gans.testing import tiny


def test_code_loss_is_cross_entropy_and_half_the_squared_distance():
    game = tiny.game(InfoGAN, code_weight=2.0, continuous_weight=0.5)
    code = np.array([[1, 0, 0.5, 9.0], [0, 1, -1.0, 9.0]], "float32")  # two categories, one number, noise
    judged = {"code": np.array([[1.0, -1.0, 0.0], [0.0, 0.0, 1.0]], "float32")}
    likelihood = np.array([np.log(1 + np.exp(-2.0)), np.log(2.0)])
    expected = 2.0 * (likelihood + 0.5 * np.array([0.25, 4.0]) / 2)
    np.testing.assert_allclose(
        game.code_loss(keras.tree.map_structure(keras.ops.array, judged), code), expected, rtol=1e-5
    )


def test_the_latents_are_category_numbers_and_noise():
    z = np.asarray(latents.Coded(categories=4, continuous=2).from_seeds(range(2000), 10))
    np.testing.assert_array_equal(z[:, :4].sum(axis=1), 1.0)
    assert set(np.unique(z[:, :4])) == {0.0, 1.0}
    assert np.abs(z[:, :4].mean(axis=0) - 0.25).max() < 0.03
    assert np.abs(z[:, 4:6]).max() <= 1.0 and abs(z[:, 4:6].std() - 1 / np.sqrt(3)) < 0.02
    assert abs(z[:, 6:].std() - 1.0) < 0.02


def test_the_code_is_learned():
    """After some steps Q reads the category off most images: the game's extra term works."""
    game = tiny.game(InfoGAN)
    game.compile(generator_optimizer=keras.optimizers.Adam(1e-2), discriminator_optimizer=keras.optimizers.Adam(1e-2))
    game.fit(tiny.images(64), batch_size=32, epochs=60, verbose=0)
    z = np.asarray(game.latents.from_seeds(range(200), game.latent_dim))
    judged = game.discriminator(game.generate(z), training=False)
    read = np.asarray(judged["code"])[:, :2].argmax(axis=1)
    assert (read == z[:, :2].argmax(axis=1)).mean() > 0.9
