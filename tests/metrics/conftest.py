import importlib.util

import keras
import pytest


@pytest.fixture(scope="session")
def tensorflow_gan():
    """TF-GAN's functions of features: the oracle of FID, IS and KID, where it is installed."""
    if importlib.util.find_spec("tensorflow_gan") is None or keras.backend.backend() != "tensorflow":
        pytest.skip("TF-GAN is not installed, or Keras runs on another backend")
    from keras_gans import interop

    return interop.tensorflow_gan().eval
