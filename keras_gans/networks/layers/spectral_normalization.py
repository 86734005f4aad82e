"""Spectral normalization as a re-parameterisation: the gradient knows that the kernel is divided by its norm."""

import contextlib
import contextvars

import keras
from keras import ops

from keras_gans.networks.layers.reparameterized import Reparameterized

_HELD = contextvars.ContextVar("_HELD", default=False)


@contextlib.contextmanager
def iteration_held():
    """Within it, calls in training mode leave `u` alone.

    A step of D calls D several times, on real and on generated images; with all but the last call held, the step has
    one power iteration and every call divides by the same sigma.
    """
    token = _HELD.set(True)
    try:
        yield
    finally:
        _HELD.reset(token)


@keras.saving.register_keras_serializable("keras_gans")
class SpectralNormalization(Reparameterized):
    """Calls a layer with its kernel divided by the kernel's largest singular value.

    With the kernel as a matrix W of one row per output channel and one column per entry of the receptive field:

        v = W'u / |W'u|,  u+ = W v / |W v|     one power iteration, not differentiated
        sigma = u+' W v                        differentiated with respect to W
        the layer computes with W / sigma

    The layer's own kernel W is never overwritten: the optimizer moves W, and the gradient passes through the division,
    so that it has no part along the current largest singular vectors. `u` is kept between the calls and replaced by u+
    in calls with `training=True`, except under `iteration_held()`; at inference sigma comes from the same iteration,
    but `u` stays. (Keras' own `SpectralNormalization` writes W / sigma into the kernel instead, a projection without
    this gradient.)

    Args:
        layer: a Dense, Conv, ConvTranspose or Embedding layer.

    Reference: Miyato et al., 2018, arXiv:1802.05957.
    """

    epsilon = 1e-12

    def build(self, input_shape=None):
        super().build(input_shape)
        self.u = self.add_weight(
            name="u",
            shape=(self.kernel_matrix().shape[0], 1),
            initializer=keras.initializers.RandomNormal(0.0, 1.0),
            trainable=False,
            autocast=False,
            aggregation="only_first_replica",  # it follows from W and u alone, so all replicas agree
        )

    def effective_kernel(self, training):
        sigma, u = self._largest_singular_value()
        if training and not _HELD.get():
            self.u.assign(u)
        return ops.cast(self.kernel, "float32") / (sigma + self.epsilon)

    def _largest_singular_value(self):
        matrix = self.kernel_matrix()
        fixed = ops.stop_gradient(matrix)
        v = self._unit(ops.matmul(ops.transpose(fixed), self.u))
        u = self._unit(ops.matmul(fixed, v))
        return ops.sum(u * ops.matmul(matrix, v)), u

    def _unit(self, vector):
        return vector / (ops.sqrt(ops.sum(ops.square(vector))) + self.epsilon)
