"""Autodiff on TensorFlow."""

import tensorflow as tf


def value_and_gradients(loss, variables):
    """The value of the scalar `loss()` and its gradients with respect to `variables`."""
    with tf.GradientTape() as tape:
        value = loss()
    return value, tape.gradient(value, variables)


def input_gradient(function, inputs):
    """The gradient of `sum(function(inputs))` with respect to `inputs`, differentiable again."""
    with tf.GradientTape() as tape:
        tape.watch(inputs)
        outputs = function(inputs)
    return tape.gradient(outputs, inputs, unconnected_gradients=tf.UnconnectedGradients.ZERO)


def global_mean(values):
    """This replica's share of the mean over the global batch: optimizers sum the gradients of the replicas."""
    return tf.reduce_mean(values) / tf.distribute.get_strategy().num_replicas_in_sync


class Trainer:
    """Keras' TensorFlow trainer calls `train_step(data)` as it is."""
