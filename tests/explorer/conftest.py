import numpy as np
import pytest

import keras_gans
from keras_gans.explorer import Explorer
from keras_gans.latents import Truncated
from keras_gans.testing import tiny


@pytest.fixture(scope="session")
def game():
    """Conditional, with truncated latents: it has every control."""
    players = tiny.game(keras_gans.ConditionalGAN)
    model = keras_gans.ConditionalGAN(players.generator, players.discriminator, latents=Truncated(2.0), num_classes=3)
    model.compile()
    return model


@pytest.fixture(scope="session")
def explorer(game):
    """Of 16 real images, one is a copy of the sample of seed 7."""
    real = np.concatenate([255 - game.sample(15), game.sample(seeds=[7])])
    return Explorer(game, "tiny", lambda: real)
