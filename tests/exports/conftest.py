"""One small game with averaged weights, and its export."""

import pytest

import keras_gans
from keras_gans import exports
from keras_gans.testing import tiny


@pytest.fixture(scope="session")
def game():
    model = tiny.game(keras_gans.NSGAN, ema_momentum=0.5)
    model.fit(tiny.images(64), batch_size=8, epochs=1, verbose=0)
    return model


@pytest.fixture(scope="session")
def exported(game, tmp_path_factory):
    """A version directory; tests only read it."""
    return exports.export(game, tmp_path_factory.mktemp("exports") / "tiny", verify=False)
