"""Equalized learning rate: He's constant at run time instead of at initialization."""

import math

import keras
from keras import ops

from keras_gans.networks.layers.reparameterized import Reparameterized

_STANDARD_NORMAL = keras.initializers.RandomNormal(0.0, 1.0)


@keras.saving.register_keras_serializable("keras_gans")
class EqualizedLearningRate(Reparameterized):
    """Draws a layer's kernel from N(0, 1) and scales it whenever the layer is called.

        the layer computes with  W gain / sqrt(fan_in),  W ~ N(0, 1)

    All weights then have the same range, so that an optimizer that normalises its steps, such as Adam, moves all layers
    at the same relative speed. fan_in is the number of inputs of one output: the kernel's entries per output channel.

    Args:
        layer: a Dense, Conv or ConvTranspose layer that is not built yet; its initializer is replaced.
        gain: sqrt(2) before a (leaky) ReLU, 1 before a linear output.

    Reference: Karras et al., 2018, arXiv:1710.10196, section 4.1.
    """

    def __init__(self, layer, gain=2**0.5, **kwargs):
        super().__init__(layer, **kwargs)
        # A layer that comes out of a file is built already, from the standard normal draw that this class gave it.
        drawn_otherwise = layer.built and layer.kernel_initializer.get_config() != _STANDARD_NORMAL.get_config()
        if isinstance(layer, keras.layers.Embedding) or drawn_otherwise:
            raise ValueError(f"Expected a Dense, Conv or ConvTranspose layer that is not built, received: {layer!r}")
        if not gain > 0:
            raise ValueError(f"Expected a positive gain, received: gain={gain!r}")
        layer.kernel_initializer = _STANDARD_NORMAL.clone()
        self.gain = gain

    def effective_kernel(self, training):
        fan_in = self.kernel_matrix().shape[1]
        return ops.cast(self.kernel, "float32") * (self.gain / math.sqrt(fan_in))

    def get_config(self):
        return {**super().get_config(), "gain": self.gain}
