"""LeakyReLU for networks whose gradient is differentiated again."""

import keras

from keras_gans import backend


@keras.saving.register_keras_serializable("keras_gans")
class LeakyReLU(keras.layers.LeakyReLU):
    """`keras.layers.LeakyReLU`, whose second derivative is known to be zero.

        y = x where x > 0, else slope x

    TensorFlow differentiates the derivative as if it depended on x, and sends the zeros that come of it down through
    all layers below: under a gradient penalty they are a tenth of a critic's work. Results are the same.

    Reference: Maas et al., 2013, "Rectifier Nonlinearities Improve Neural Network Acoustic Models".
    """

    def call(self, inputs, training=False):
        return backend.leaky_relu(inputs, self.negative_slope) if training else super().call(inputs)
