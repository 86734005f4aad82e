"""The base of the wrappers that call a layer with another kernel than the one it stores."""

import keras
from keras import ops

from keras_gans.backend import nested_scope

_TRANSPOSED = (keras.layers.Conv1DTranspose, keras.layers.Conv2DTranspose, keras.layers.Conv3DTranspose)
_DENSE = (keras.layers.Dense, keras.layers.Conv1D, keras.layers.Conv2D, keras.layers.Conv3D)
_SUPPORTED = (*_DENSE, *_TRANSPOSED, keras.layers.Embedding)


class Reparameterized(keras.layers.Wrapper):
    """Calls a layer with `effective_kernel(training)` in the place of the kernel it stores.

    The stored kernel is the trainable variable and is never overwritten; gradients reach it through the effective one.

    Args:
        layer: a Dense, Conv, ConvTranspose or Embedding layer. The wrapper takes over its `dtype`.
    """

    def __init__(self, layer, **kwargs):
        if not isinstance(layer, _SUPPORTED):
            raise ValueError(f"Expected a Dense, Conv, ConvTranspose or Embedding layer, received: layer={layer!r}")
        kwargs.setdefault("dtype", layer.dtype_policy)
        super().__init__(layer, **kwargs)

    def call(self, inputs, training=False):
        kernel = self.effective_kernel(training)
        # Inside the scope whoever reads the variable gets the effective kernel; the variable itself keeps its value.
        with nested_scope() as scope:
            scope.state_mapping[id(self.kernel)] = kernel
            return self.layer(inputs)

    def compute_output_shape(self, input_shape):
        return self.layer.compute_output_shape(input_shape)

    def effective_kernel(self, training):
        """The float32 tensor, in the shape of `kernel`, that the layer computes with."""
        raise NotImplementedError

    @property
    def kernel(self):
        """The wrapped layer's own kernel, a variable."""
        return self.layer.embeddings if isinstance(self.layer, keras.layers.Embedding) else self.layer.kernel

    def kernel_matrix(self):
        """The stored kernel as a float32 matrix with one row per output channel."""
        kernel = ops.cast(self.kernel, "float32")
        if isinstance(self.layer, _TRANSPOSED):  # their kernels end in (output channels, input channels)
            kernel = ops.swapaxes(kernel, -1, -2)
        return ops.transpose(ops.reshape(kernel, (-1, kernel.shape[-1])))
