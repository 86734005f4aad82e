"""Virtual batch normalization: statistics from a fixed reference batch and the current example alone."""

import keras
from keras import ops


@keras.saving.register_keras_serializable("keras_gans")
class VirtualBatchNormalization(keras.layers.Layer):
    """Normalizes each example as if it were one more member of a fixed reference batch of R examples.

        mu = (R mu_r + mu_i) / (R + 1)
        var = (R var_r + var_i) / (R + 1) + R (mu_r - mu_i)^2 / (R + 1)^2
        y_i = gain (x_i - mu) / sqrt(var + epsilon) + bias

    mu_r and var_r are the mean and the variance of a channel over the reference batch and all places, mu_i and var_i
    over the places of example i. The reference batch itself is normalized with mu_r and var_r.

    The reference batch passes through the network together with the current one, as its first R rows:
    `PrependReference` puts it there and `DropReference` takes it away at the end. Rows do not depend on one another, so
    gradient penalties are allowed.

    Args:
        reference_size: R.
        epsilon: added to the variance.

    Input and output `(R + batch, ..., channels)`.

    Reference: Salimans et al., 2016, arXiv:1606.03498, section 3.5.
    """

    def __init__(self, reference_size, epsilon=1e-5, **kwargs):
        super().__init__(**kwargs)
        if not (isinstance(reference_size, int) and reference_size >= 1):
            raise ValueError(f"Expected an integer of at least 1, received: reference_size={reference_size!r}")
        self.reference_size = reference_size
        self.epsilon = epsilon

    def build(self, input_shape):
        shape = (input_shape[-1],)
        gain = keras.initializers.RandomNormal(1.0, 0.02)
        self.gain = self.add_weight(name="gain", shape=shape, initializer=gain, autocast=False)
        self.bias = self.add_weight(name="bias", shape=shape, initializer="zeros", autocast=False)

    def call(self, inputs):
        x = ops.cast(inputs, "float32")
        reference, current = x[: self.reference_size], x[self.reference_size :]
        places = tuple(range(1, len(x.shape) - 1))
        mean, variance = ops.moments(reference, axes=(0, *places), keepdims=True)
        normalized = self._normalize(reference, mean, variance)

        own_mean, own_variance = ops.moments(current, axes=places, keepdims=True) if places else (current, 0.0)
        share = 1 / (self.reference_size + 1)
        both_mean = mean + share * (own_mean - mean)
        both_variance = variance + share * (own_variance - variance)
        both_variance = both_variance + share * (1 - share) * ops.square(mean - own_mean)
        outputs = ops.concatenate([normalized, self._normalize(current, both_mean, both_variance)], axis=0)
        return ops.cast(outputs, self.compute_dtype)

    def _normalize(self, x, mean, variance):
        return self.gain * (x - mean) * ops.rsqrt(variance + self.epsilon) + self.bias

    def compute_output_shape(self, input_shape):
        return input_shape

    def get_config(self):
        return {**super().get_config(), "reference_size": self.reference_size, "epsilon": self.epsilon}
