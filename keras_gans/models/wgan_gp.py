"""Wasserstein GAN with gradient penalty."""

import keras

from keras_gans.models.adversarial import AdversarialModel
from keras_gans.objectives.wasserstein import Wasserstein
from keras_gans.penalties.interpolated_gradient import InterpolatedGradient
from keras_gans.registry import register


@register("wgan_gp")
class WGANGP(AdversarialModel):
    """The critic's gradient norm is pulled to one on lines between real and generated images.

        D minimises  d(G(z)) - d(x) + 10 (||grad d(x^)|| - 1)^2     x^ = u x + (1 - u) G(z),  u ~ U[0, 1]
        G minimises  -d(G(z))                                        once for 5 steps of D

    D must judge each image alone: no BatchNormalization.

    Reference: Gulrajani et al., 2017, arXiv:1704.00028, algorithm 1 (Adam 1e-4, beta 0 and 0.9, batch 64).
    """

    discriminator_options = {"normalization": None}

    @staticmethod
    def recipe():
        return {
            "objective": Wasserstein(),
            "penalties": [InterpolatedGradient(10.0)],
            "generator_optimizer": keras.optimizers.Adam(1e-4, beta_1=0.0, beta_2=0.9),
            "discriminator_optimizer": keras.optimizers.Adam(1e-4, beta_1=0.0, beta_2=0.9),
            "discriminator_steps": 5,
        }
