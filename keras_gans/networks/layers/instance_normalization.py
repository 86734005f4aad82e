"""Instance normalization: each channel of each image has its own statistics."""

import keras


@keras.saving.register_keras_serializable("keras_gans")
class InstanceNormalization(keras.layers.GroupNormalization):
    """Normalizes every channel of every example over its places.

        mu_ti = 1/(HW) sum_lm x_tilm,  var_ti = 1/(HW) sum_lm (x_tilm - mu_ti)^2
        y_tijk = gain_i (x_tijk - mu_ti) / sqrt(var_ti + epsilon) + bias_i

    Training and inference are the same, and rows do not depend on one another. It is group normalization with groups of
    one channel.

    Args:
        epsilon: added to the variance.
        center: whether to add a learned bias.
        scale: whether to multiply by a learned gain.

    Input and output `(batch, height, width, channels)`.

    Reference: Ulyanov et al., 2016, arXiv:1607.08022.
    """

    def __init__(self, epsilon=1e-5, center=True, scale=True, **kwargs):
        super().__init__(groups=-1, epsilon=epsilon, center=center, scale=scale, **kwargs)

    def get_config(self):
        config = super().get_config()
        del config["groups"]
        return config
