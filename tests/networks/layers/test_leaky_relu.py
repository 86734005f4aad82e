import keras
import numpy as np
import pytest
from keras import ops

from keras_gans import backend
from keras_gans.networks.layers import LeakyReLU

INPUTS = np.array([[-2.0, -0.5, 0.0, 0.5, 3.0]], "float32")


@pytest.mark.parametrize("training", [False, True])
def test_values_and_slope(training):
    layer = LeakyReLU(0.2)
    outputs = ops.convert_to_numpy(layer(INPUTS, training=training))
    np.testing.assert_allclose(outputs, [[-0.4, -0.1, 0.0, 0.5, 3.0]], rtol=1e-6)
    slope = backend.input_gradient(
        lambda x: layer(x, training=training), ops.convert_to_tensor(INPUTS[:, [0, 1, 3, 4]])
    )
    np.testing.assert_allclose(ops.convert_to_numpy(slope), [[0.2, 0.2, 1.0, 1.0]], rtol=1e-6)


def test_gradient_of_a_gradient_is_that_of_keras():
    rows = ops.convert_to_tensor(np.random.default_rng(0).normal(size=(4, 3)).astype("float32"))
    found = []
    for activation in (LeakyReLU(0.2), keras.layers.LeakyReLU(0.2)):
        keras.utils.set_random_seed(0)
        hidden = [keras.layers.Dense(5), activation, keras.layers.Dense(4), activation, keras.layers.Dense(1)]
        critic = keras.Sequential([keras.Input((3,)), *hidden])
        found.append(_of_penalty(critic, rows))
    for mine, theirs in zip(*found, strict=True):
        np.testing.assert_allclose(mine, theirs, rtol=1e-5, atol=1e-6)


def _of_penalty(critic, rows):
    """A gradient penalty's value and its gradients by the weights, zero where there is none."""

    def penalty():
        return ops.mean(ops.square(backend.input_gradient(lambda x: critic(x, training=True), rows)))

    value, gradients = backend.value_and_gradients(penalty, critic.trainable_variables)
    gradients = [np.zeros(1) if gradient is None else ops.convert_to_numpy(gradient) for gradient in gradients]
    return [ops.convert_to_numpy(value), *(gradient for gradient in gradients if np.abs(gradient).max() > 0)]


@pytest.mark.skipif(keras.backend.backend() != "tensorflow", reason="of TensorFlow's graphs")
def test_nothing_is_sent_through_the_derivative():
    import tensorflow as tf

    inputs = tf.constant(INPUTS)
    layer = LeakyReLU(0.2)
    with tf.GradientTape() as outer:
        outer.watch(inputs)
        slope = backend.input_gradient(lambda x: layer(x, training=True), inputs)
    assert outer.gradient(slope, inputs) is None
