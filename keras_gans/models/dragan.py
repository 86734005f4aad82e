"""DRAGAN: a gradient penalty around the real data."""

import keras

from keras_gans.models.adversarial import AdversarialModel
from keras_gans.objectives.non_saturating import NonSaturating
from keras_gans.penalties.perturbed_gradient import PerturbedGradient
from keras_gans.registry import register


@register("dragan")
class DRAGAN(AdversarialModel):
    """The non-saturating game whose D is kept linear in a neighbourhood of the real images.

        D minimises  -log D(x) - log(1 - D(G(z))) + 10 (||grad d(x + delta)|| - 1)^2
        G minimises  -log D(G(z))

    The norm is that of the gradient of the score d; see `PerturbedGradient` for the noise delta. D must judge each
    image alone: no BatchNormalization.

    Reference: Kodali et al., 2017, arXiv:1705.07215 (optimizers of the released code: Adam 1e-4, beta 0.5 and 0.9).
    """

    discriminator_options = {"normalization": None}

    @staticmethod
    def recipe():
        return {
            "objective": NonSaturating(),
            "penalties": [PerturbedGradient()],
            "generator_optimizer": keras.optimizers.Adam(1e-4, beta_1=0.5, beta_2=0.9),
            "discriminator_optimizer": keras.optimizers.Adam(1e-4, beta_1=0.5, beta_2=0.9),
        }
