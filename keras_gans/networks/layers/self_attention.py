"""The self-attention of SAGAN: every place of a map looks at all others."""

import keras
from keras import layers, ops

from keras_gans.networks.layers.spectral_normalization import SpectralNormalization


@keras.saving.register_keras_serializable("keras_gans")
class SelfAttention(layers.Layer):
    """Adds to each place of a map a learned mean over all places, by the similarity of query and key.

        q = W_q x,  k = W_k x,  h = W_h x         1x1 convolutions without biases, to C/8, C/8 and C/2 channels
        a_ij = softmax_j(q_i . k_j)               over all places j
        y_i = x_i + gamma W_o sum_j a_ij h_j      back to C channels; gamma starts at 0

    With `pooling` k and h are max-pooled 2x2, as in the authors' code: a quarter of the memory.

    Args:
        pooling: whether to pool keys and values.
        spectral_normalization: whether to divide the convolutions' kernels by their largest singular values, as the
            paper does in both players.

    Input and output `(batch, height, width, channels)`, with at least 8 channels.

    Reference: Zhang et al., 2018, arXiv:1805.08318.
    """

    def __init__(self, pooling=True, spectral_normalization=True, **kwargs):
        super().__init__(**kwargs)
        self.pooling = pooling
        self.spectral_normalization = spectral_normalization

    def build(self, input_shape):
        channels = input_shape[-1]
        if len(input_shape) != 4 or channels < 8:
            raise ValueError(
                f"Expected maps (batch, height, width, channels) of at least 8 channels, received: {input_shape}"
            )
        self.query = self._convolution(channels // 8, input_shape, "query")
        self.key = self._convolution(channels // 8, input_shape, "key")
        self.value = self._convolution(channels // 2, input_shape, "value")
        self.output_projection = self._convolution(channels, (*input_shape[:-1], channels // 2), "output_projection")
        self.gamma = self.add_weight(name="gamma", shape=(), initializer="zeros")

    def _convolution(self, filters, input_shape, name):
        layer = layers.Conv2D(filters, 1, use_bias=False, dtype=self.dtype_policy, name=name)
        layer = SpectralNormalization(layer, name=name) if self.spectral_normalization else layer
        layer.build(input_shape)
        return layer

    def call(self, inputs, training=False):
        options = {"training": training} if self.spectral_normalization else {}
        keys, values = self.key(inputs, **options), self.value(inputs, **options)
        if self.pooling:
            keys, values = (ops.max_pool(maps, 2, 2, padding="same") for maps in (keys, values))
        similarity = ops.matmul(_flat(self.query(inputs, **options)), ops.transpose(_flat(keys), (0, 2, 1)))
        attention = ops.softmax(ops.cast(similarity, "float32"), axis=-1)
        attended = ops.matmul(ops.cast(attention, values.dtype), _flat(values))
        attended = ops.reshape(attended, (-1, *inputs.shape[1:3], attended.shape[-1]))
        return inputs + self.gamma * self.output_projection(attended, **options)

    def compute_output_shape(self, input_shape):
        return input_shape

    def get_config(self):
        options = {"pooling": self.pooling, "spectral_normalization": self.spectral_normalization}
        return {**super().get_config(), **options}


def _flat(maps):
    """`(batch, height, width, channels)` as `(batch, places, channels)`."""
    return ops.reshape(maps, (-1, maps.shape[1] * maps.shape[2], maps.shape[3]))
