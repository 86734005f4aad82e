"""Spectral normalization as a re-parameterisation: the gradient knows that the kernel is divided by its norm."""

import keras
from keras import ops

from keras_gans.backend import nested_scope

_TRANSPOSED = (keras.layers.Conv1DTranspose, keras.layers.Conv2DTranspose, keras.layers.Conv3DTranspose)
_SUPPORTED = (
    keras.layers.Dense,
    keras.layers.Conv1D,
    keras.layers.Conv2D,
    keras.layers.Conv3D,
    *_TRANSPOSED,
    keras.layers.Embedding,
)


@keras.saving.register_keras_serializable("keras_gans")
class SpectralNormalization(keras.layers.Wrapper):
    """Calls a layer with its kernel divided by the kernel's largest singular value.

    With the kernel as a matrix W of one row per output channel and one column per entry of the receptive field:

        v = W'u / |W'u|,  u+ = W v / |W v|     one power iteration, not differentiated
        sigma = u+' W v                        differentiated with respect to W
        the layer computes with W / sigma

    The layer's own kernel W is never overwritten: the optimizer moves W, and the gradient passes through the division,
    so that it has no part along the current largest singular vectors. `u` is kept between the calls and replaced by u+
    in calls with `training=True`; at inference sigma comes from the same iteration, but `u` stays. (Keras' own
    `SpectralNormalization` writes W / sigma into the kernel instead, a projection without this gradient.)

    Args:
        layer: a Dense, Conv, ConvTranspose or Embedding layer.

    Reference: Miyato et al., 2018, arXiv:1802.05957.
    """

    epsilon = 1e-12

    def __init__(self, layer, **kwargs):
        if not isinstance(layer, _SUPPORTED):
            raise ValueError(f"Expected a Dense, Conv, ConvTranspose or Embedding layer, received: layer={layer!r}")
        kwargs.setdefault("dtype", layer.dtype_policy)
        super().__init__(layer, **kwargs)

    def build(self, input_shape=None):
        super().build(input_shape)
        self.u = self.add_weight(
            name="u",
            shape=(self._matrix().shape[0], 1),
            initializer=keras.initializers.RandomNormal(0.0, 1.0),
            trainable=False,
            autocast=False,
            aggregation="only_first_replica",  # it follows from W and u alone, so all replicas agree
        )

    def call(self, inputs, training=False):
        sigma, u = self._largest_singular_value()
        if training:
            self.u.assign(u)
        kernel = self._kernel
        with nested_scope() as scope:
            scope.state_mapping[id(kernel)] = ops.cast(kernel, "float32") / (sigma + self.epsilon)
            return self.layer(inputs)

    def compute_output_shape(self, input_shape):
        return self.layer.compute_output_shape(input_shape)

    @property
    def _kernel(self):
        return self.layer.embeddings if isinstance(self.layer, keras.layers.Embedding) else self.layer.kernel

    def _matrix(self):
        """The kernel as `(output channels, all other axes)`, float32."""
        kernel = ops.cast(self._kernel, "float32")
        if isinstance(self.layer, _TRANSPOSED):  # their kernels end in (output channels, input channels)
            kernel = ops.swapaxes(kernel, -1, -2)
        return ops.transpose(ops.reshape(kernel, (-1, kernel.shape[-1])))

    def _largest_singular_value(self):
        matrix = self._matrix()
        fixed = ops.stop_gradient(matrix)
        v = self._unit(ops.matmul(ops.transpose(fixed), self.u))
        u = self._unit(ops.matmul(fixed, v))
        u, v = ops.stop_gradient(u), ops.stop_gradient(v)
        return ops.sum(u * ops.matmul(matrix, v)), u

    def _unit(self, vector):
        return vector / (ops.sqrt(ops.sum(ops.square(vector))) + self.epsilon)
