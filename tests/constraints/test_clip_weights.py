import keras
import numpy as np
import pytest

from keras_gans.constraints import ClipWeights


@pytest.fixture
def network():
    network = keras.Sequential([keras.Input((2,)), keras.layers.Dense(2)])
    network.set_weights([np.array([[-3.0, 0.25], [0.5, 0.75]]), np.array([-0.1, 2.0])])
    return network


def clipped(network):
    kernel, bias = network.get_weights()
    np.testing.assert_allclose(kernel, [[-0.5, 0.25], [0.5, 0.5]])
    np.testing.assert_allclose(bias, [-0.1, 0.5])


def test_kernels_and_biases(network):
    ClipWeights(0.5)(network)
    clipped(network)


def test_the_papers_limit():
    assert ClipWeights().limit == 0.01


@pytest.mark.skipif(keras.backend.backend() != "tensorflow", reason="tf.function")
def test_in_a_compiled_step(network):
    import tensorflow as tf

    tf.function(lambda: ClipWeights(0.5)(network), jit_compile=True)()
    clipped(network)


def test_bad_limit():
    with pytest.raises(ValueError, match="Expected a limit above 0, received: limit=0"):
        ClipWeights(0)
