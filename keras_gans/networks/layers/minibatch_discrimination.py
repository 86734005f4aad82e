"""Minibatch discrimination: features that say how close an example is to the others of its batch."""

import keras
from keras import ops


@keras.saving.register_keras_serializable("keras_gans")
class MinibatchDiscrimination(keras.layers.Layer):
    """Appends to each row its closeness to all rows of the batch, so that D sees a collapsed generator.

        M_i = x_i T                                 T of shape (features, kernels, kernel_dim)
        c_b(x_i, x_j) = exp(-|M_i,b - M_j,b|_1)
        o(x_i)_b = sum_j c_b(x_i, x_j)              over the whole batch, j = i included
        y_i = [x_i, o(x_i)]

    Args:
        kernels: B, the number of appended features.
        kernel_dim: C, the dimensions in which each of them measures.

    Input `(batch, features)`, output `(batch, features + kernels)`.

    Reference: Salimans et al., 2016, arXiv:1606.03498, section 3.2.
    """

    batch_coupled = True

    def __init__(self, kernels=100, kernel_dim=5, **kwargs):
        super().__init__(**kwargs)
        if not (kernels >= 1 and kernel_dim >= 1):
            raise ValueError(f"Expected positive sizes, received: kernels={kernels!r}, kernel_dim={kernel_dim!r}")
        self.kernels = kernels
        self.kernel_dim = kernel_dim

    def build(self, input_shape):
        if len(input_shape) != 2:
            raise ValueError(f"Expected rows (batch, features), received: {input_shape}; put a Flatten before")
        self.kernel = self.add_weight(
            name="kernel",
            shape=(input_shape[-1], self.kernels * self.kernel_dim),
            initializer=keras.initializers.RandomNormal(0.0, 0.05),
        )

    def call(self, inputs):
        rows = ops.cast(ops.matmul(inputs, self.kernel), "float32")
        rows = ops.reshape(rows, (-1, self.kernels, self.kernel_dim))
        distances = ops.sum(ops.abs(rows[:, None] - rows[None]), axis=-1)
        closeness = ops.sum(ops.exp(-distances), axis=1)
        return ops.concatenate([inputs, ops.cast(closeness, inputs.dtype)], axis=-1)

    def compute_output_shape(self, input_shape):
        return (input_shape[0], input_shape[1] + self.kernels)

    def get_config(self):
        return {**super().get_config(), "kernels": self.kernels, "kernel_dim": self.kernel_dim}
