import os

import pytest

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")


@pytest.fixture(autouse=True)
def single_precision():
    """A run sets the precision of its process; the next test starts from Keras' own."""
    yield
    import keras

    keras.config.set_dtype_policy("float32")
