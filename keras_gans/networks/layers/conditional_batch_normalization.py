"""Conditional batch normalization: every class has its own gain and bias."""

import keras
from keras import ops

from keras_gans.networks.layers.batch_normalization import BatchNormalization


@keras.saving.register_keras_serializable("keras_gans")
class ConditionalBatchNormalization(keras.layers.Layer):
    """Batch normalization whose gain and bias are looked up by the example's class.

        y_i = gain_(c_i) (x_i - mu) / sqrt(var + epsilon) + bias_(c_i)

    mu and var are those of batch normalization: of the batch in training, moving averages at inference. Gains start at
    1, biases at 0.

    Args:
        num_classes: number of classes.
        momentum: of the moving averages.
        epsilon: added to the variance.

    Called on `[x, labels]`: x `(batch, ..., channels)` and integer labels `(batch,)` in [0, num_classes).

    Reference: Dumoulin et al., 2017, arXiv:1610.07629; in GANs: Miyato and Koyama, 2018, arXiv:1802.05637.
    """

    def __init__(self, num_classes, momentum=0.9, epsilon=1e-5, **kwargs):
        super().__init__(**kwargs)
        self.num_classes = num_classes
        self.momentum = momentum
        self.epsilon = epsilon

    def build(self, input_shape):
        shape, _ = input_shape
        self.normalization = BatchNormalization(
            momentum=self.momentum, epsilon=self.epsilon, center=False, scale=False, dtype=self.dtype_policy
        )
        self.normalization.build(shape)
        table = (self.num_classes, shape[-1])
        self.gains = self.add_weight(name="gains", shape=table, initializer="ones")
        self.biases = self.add_weight(name="biases", shape=table, initializer="zeros")

    def call(self, inputs, training=False):
        x, labels = inputs
        normalized = self.normalization(x, training=training)
        return self._lookup(self.gains, labels, x) * normalized + self._lookup(self.biases, labels, x)

    def _lookup(self, table, labels, x):
        """The rows of a table, shaped `(batch, 1, ..., channels)`."""
        rows = ops.take(table, ops.cast(labels, "int32"), axis=0)
        return ops.reshape(rows, (-1, *(1 for _ in x.shape[1:-1]), x.shape[-1]))

    def compute_output_shape(self, input_shape):
        return input_shape[0]

    def get_config(self):
        options = {"num_classes": self.num_classes, "momentum": self.momentum, "epsilon": self.epsilon}
        return {**super().get_config(), **options}
