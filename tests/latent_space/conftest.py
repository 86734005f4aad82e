import pytest

import keras_gans
from keras_gans.testing import tiny


@pytest.fixture(scope="session")
def game():
    """Untrained: what the tools promise holds for any weights."""
    return tiny.game(keras_gans.NSGAN)


@pytest.fixture(scope="session")
def conditional():
    return tiny.game(keras_gans.ConditionalGAN)
