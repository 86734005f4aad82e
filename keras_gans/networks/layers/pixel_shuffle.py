"""Pixel shuffle: channels become places."""

import keras
from keras import ops


@keras.saving.register_keras_serializable("keras_gans")
class PixelShuffle(keras.layers.Layer):
    """Rearranges r^2 C channels into blocks of r x r places with C channels: upsampling without holes to fill.

        y[r i + a, r j + b, c] = x[i, j, (r a + b) C + c],  0 <= a, b < r

    Args:
        factor: r.

    Input `(batch, height, width, r^2 C)`, output `(batch, r height, r width, C)`.

    Reference: Shi et al., 2016, arXiv:1609.05158.
    """

    def __init__(self, factor=2, **kwargs):
        super().__init__(**kwargs)
        if not (isinstance(factor, int) and factor >= 1):
            raise ValueError(f"Expected an integer of at least 1, received: factor={factor!r}")
        self.factor = factor

    def build(self, input_shape):
        if len(input_shape) != 4 or input_shape[-1] % self.factor**2:
            raise ValueError(
                f"Expected maps (batch, height, width, channels) whose channels are a multiple of {self.factor**2}, "
                f"received: {input_shape}"
            )

    def call(self, inputs):
        return ops.depth_to_space(inputs, self.factor, data_format="channels_last")

    def compute_output_shape(self, input_shape):
        batch, height, width, channels = input_shape
        return (batch, _times(height, self.factor), _times(width, self.factor), channels // self.factor**2)

    def get_config(self):
        return {**super().get_config(), "factor": self.factor}


def _times(size, factor):
    return None if size is None else size * factor
