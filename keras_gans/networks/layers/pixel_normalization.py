"""Pixel normalization: every pixel's vector of features gets unit length."""

import keras
from keras import ops


@keras.saving.register_keras_serializable("keras_gans")
class PixelNormalization(keras.layers.Layer):
    """Divides the channels of every place by their root mean square.

        y_c = x_c / sqrt(1/C sum_k x_k^2 + epsilon)

    Args:
        epsilon: added to the mean square.

    Input and output `(batch, ..., channels)`.

    Reference: Karras et al., 2018, arXiv:1710.10196, section 4.2.
    """

    def __init__(self, epsilon=1e-8, **kwargs):
        super().__init__(**kwargs)
        self.epsilon = epsilon

    def call(self, inputs):
        x = ops.cast(inputs, "float32")
        mean_square = ops.mean(ops.square(x), axis=-1, keepdims=True)
        return ops.cast(x * ops.rsqrt(mean_square + self.epsilon), inputs.dtype)

    def compute_output_shape(self, input_shape):
        return input_shape

    def get_config(self):
        return {**super().get_config(), "epsilon": self.epsilon}
