"""Maxout: an activation that is the largest of several learned linear pieces."""

import keras
from keras import ops


@keras.saving.register_keras_serializable("keras_gans")
class Maxout(keras.layers.Layer):
    """The maximum over groups of `pieces` neighbouring features.

        y_i = max_j x_(i pieces + j),  0 <= j < pieces

    After a Dense or convolution layer with `units * pieces` features this is a maxout layer of `units` units.

    Args:
        pieces: features per group; the last axis of the input must be a multiple of it.

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
        grouped = ops.reshape(inputs, (-1, *inputs.shape[1:-1], inputs.shape[-1] // self.pieces, self.pieces))
        return ops.max(grouped, axis=-1)

    def compute_output_shape(self, input_shape):
        return (*input_shape[:-1], input_shape[-1] // self.pieces)

    def get_config(self):
        return {**super().get_config(), "pieces": self.pieces}
