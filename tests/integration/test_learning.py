"""Training really learns."""

import keras
import numpy as np
import pytest
from digits_judge import judge

from keras_gans import data
from keras_gans.data.toys import Ring
from keras_gans.models import WGANGP
from keras_gans.networks import MLPDiscriminator, MLPGenerator
from keras_gans.penalties import InterpolatedGradient


def test_wgan_gp_finds_all_eight_modes_of_the_ring():
    """PacGAN's protocol: a mode counts if a sample lies within 3 standard deviations of it."""
    keras.utils.set_random_seed(0)
    networks = {"hidden": (128, 128, 128), "image_shape": (2,)}
    game = WGANGP(MLPGenerator(latent_dim=2, **networks), MLPDiscriminator(maxout=None, **networks))
    adam = [keras.optimizers.Adam(1e-3, beta_1=0.5, beta_2=0.9) for _ in range(2)]
    game.compile(
        penalties=[InterpolatedGradient(0.1)],
        generator_optimizer=adam[0],
        discriminator_optimizer=adam[1],
        ema_momentum=0.99,
        steps_per_execution=20,
    )
    game.fit(data.load("ring", batch_size=256, discriminator_steps=5, seed=0), epochs=15, verbose=0)
    samples, ring = game.sample(2500), Ring()
    distances = np.linalg.norm(samples[:, None] - ring.means[None], axis=-1)
    good = distances.min(axis=1) <= 3 * ring.std
    assert len(set(distances.argmin(axis=1)[good])) == 8
    assert good.mean() > 0.3


@pytest.mark.slow
def test_the_demo_draws_digits(tmp_path):
    from keras_gans import runs
    from keras_gans.commands.demo import configuration

    accuracy, confidence, shares = judge(runs.train(configuration(), tmp_path, verbose=0).sample(2000))
    keras.config.set_dtype_policy("float32")
    assert accuracy >= 0.96
    assert confidence >= 0.7
    assert shares.min() >= 0.03
