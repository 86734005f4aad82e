"""TensorFlow's autodiff and operations."""

import functools
import math

import tensorflow as tf

from keras_gans.backend.shared_batch import sharing_a_batch


def value_and_gradients(loss, variables):
    """The value of the scalar `loss()` and its gradients with respect to `variables`."""
    with tf.GradientTape() as tape:
        value = loss()
    # The gradient of an embedding comes as slices; dense it is as on the other backends.
    gradients = tape.gradient(value, variables)
    return value, [gradient if gradient is None else tf.convert_to_tensor(gradient) for gradient in gradients]


def input_gradient(function, inputs):
    """The gradient of `sum(function(inputs))` with respect to `inputs`, differentiable again."""
    with tf.GradientTape() as tape:
        tape.watch(inputs)
        outputs = function(inputs)
    return tape.gradient(outputs, inputs, unconnected_gradients=tf.UnconnectedGradients.ZERO)


def weight_gradients(loss, variables):
    """Gradients of the scalar `loss()` by the values that `variables` have in the scope, differentiable again.

    They are summed over replicas, as the optimizers do.
    """
    with tf.GradientTape() as tape:
        values = [variable.value for variable in variables]
        tape.watch(values)
        value = loss()
    gradients = tape.gradient(value, values, unconnected_gradients=tf.UnconnectedGradients.ZERO)
    if replicas() == 1:
        return gradients
    return tf.distribute.get_replica_context().all_reduce(tf.distribute.ReduceOp.SUM, gradients)


def evaluate_if(condition, function, otherwise):
    """`function()` where the scalar `condition` is true, else the tensor `otherwise`, without evaluating both."""
    return tf.cond(condition, function, lambda: otherwise)


def random_bytes(shape, seed):
    """Integers from 0 to 255, uint8 of `shape`, from a seed `(2,)`: four from each word that is drawn."""
    count = tf.reduce_prod(shape) if any(tf.is_tensor(size) for size in shape) else math.prod(shape)
    seed = tf.bitcast(tf.cast(seed, "uint32"), "int32")
    words = tf.random.stateless_uniform(((count + 3) // 4,), seed, minval=None, maxval=None, dtype="uint32")
    return tf.reshape(tf.reshape(tf.bitcast(words, "uint8"), (-1,))[:count], shape)


def leaky_relu(inputs, negative_slope):
    """Inputs where they are positive, else times the slope; the derivative is a constant to TensorFlow."""
    signs = tf.stop_gradient(inputs)
    # The operation multiplies its first argument as the signs of its second say, and so does its own gradient.
    return tf.raw_ops.LeakyReluGrad(gradients=inputs, features=signs, alpha=negative_slope)


def fused_batch_normalization(inputs, gain, offset, epsilon):
    """Inputs `(batch, [rows, columns,] channels)`, normalized by their batch, with its mean and variance in float32."""
    maps = inputs if len(inputs.shape) == 4 else inputs[None, None]
    outputs, mean, variance = tf.compat.v1.nn.fused_batch_norm(maps, gain, offset, epsilon=epsilon)
    # TensorFlow returns the estimate of the population's variance, Keras keeps the batch's own.
    count = tf.cast(tf.size(inputs) // inputs.shape[-1], "float32")
    return tf.reshape(outputs, tf.shape(inputs)), mean, variance * (count - 1.0) / count


def replicas():
    """How many replicas share the global batch: the optimizers sum their gradients."""
    return tf.distribute.get_strategy().num_replicas_in_sync


def mean_of_replicas(value):
    """The mean of a tensor over the replicas: what is a mean over each one's share becomes one over the batch."""
    context = tf.distribute.get_replica_context()
    if context is None or context.num_replicas_in_sync == 1:
        return value
    return context.all_reduce(tf.distribute.ReduceOp.MEAN, value)


def of_replica(seed):
    """The seed `(2,)` for this replica: Keras' seed states are equal on all, which would then draw the same numbers."""
    context = tf.distribute.get_replica_context()
    if context is None or context.num_replicas_in_sync == 1:
        return seed
    return seed + tf.cast(tf.stack([context.replica_id_in_sync_group * 1_000_003, 0]), seed.dtype)


class Trainer:
    """Keras' TensorFlow trainer calls `train_step(data)` as it is."""

    @property
    def replicas(self):
        """How many replicas the model is on, each of which takes its share of a batch."""
        return self.distribute_strategy.num_replicas_in_sync

    def make_train_function(self, force=False):
        before = self.train_function
        super().make_train_function(force)
        if self.train_function is not before and self.replicas > 1:
            self.train_function = functools.partial(self._train_together, self.train_function)

    def _train_together(self, train, iterator):
        """One call of the train function, as one of several replicas that share a batch."""
        with sharing_a_batch(self._flatten_layers(include_self=False), of_replica):
            return train(iterator)

    def get_metrics_result(self):
        logs = super().get_metrics_result()
        several_workers = tf.distribute.get_strategy().extended._in_multi_worker_mode()
        if several_workers and not tf.distribute.in_cross_replica_context():
            # Keras averages the workers' logs over axis 0, which scalars do not have.
            return {name: tf.reshape(value, (1,)) for name, value in logs.items()}
        return logs


Together = None
"""TensorFlow cannot vectorize over whole models."""
