"""The two ends of a network with virtual batch normalization: the reference batch comes in front and goes again."""

import keras
from keras import ops


@keras.saving.register_keras_serializable("keras_gans")
class PrependReference(keras.layers.Layer):
    """Puts a fixed reference batch in front of the current one: y = [reference, x].

    The reference is a weight that is not trained, saved with the network. It starts as a draw from N(0, 1), which is
    right for a generator's latents; a discriminator needs real images: `layer.reference.assign(images)`.

    Args:
        reference_size: R, the number of reference examples.

    Input `(batch, ...)`, output `(R + batch, ...)`.

    Reference: Salimans et al., 2016, arXiv:1606.03498, section 3.5.
    """

    def __init__(self, reference_size, **kwargs):
        super().__init__(**kwargs)
        self.reference_size = reference_size

    def build(self, input_shape):
        self.reference = self.add_weight(
            name="reference",
            shape=(self.reference_size, *input_shape[1:]),
            initializer=keras.initializers.RandomNormal(0.0, 1.0),
            trainable=False,
        )

    def call(self, inputs):
        return ops.concatenate([ops.cast(self.reference, inputs.dtype), inputs], axis=0)

    def compute_output_shape(self, input_shape):
        batch = None if input_shape[0] is None else input_shape[0] + self.reference_size
        return (batch, *input_shape[1:])

    def get_config(self):
        return {**super().get_config(), "reference_size": self.reference_size}


@keras.saving.register_keras_serializable("keras_gans")
class DropReference(keras.layers.Layer):
    """Takes the reference batch away again: y = x without its first R rows.

    Args:
        reference_size: R, as in `PrependReference`.
    """

    def __init__(self, reference_size, **kwargs):
        super().__init__(**kwargs)
        self.reference_size = reference_size

    def call(self, inputs):
        return inputs[self.reference_size :]

    def compute_output_shape(self, input_shape):
        batch = None if input_shape[0] is None else input_shape[0] - self.reference_size
        return (batch, *input_shape[1:])

    def get_config(self):
        return {**super().get_config(), "reference_size": self.reference_size}
