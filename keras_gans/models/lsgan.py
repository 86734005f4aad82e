"""Least squares GAN."""

import keras

from keras_gans.models.adversarial import AdversarialModel
from keras_gans.objectives.least_squares import LeastSquares
from keras_gans.registry import register


@register("lsgan")
class LSGAN(AdversarialModel):
    """Least squares instead of cross-entropy: samples far from the decision boundary keep a gradient.

        D minimises  1/2 (d(x) - 1)^2 + 1/2 d(G(z))^2
        G minimises  1/2 (d(G(z)) - 1)^2

    Other targets: `compile(objective=LeastSquares(...))`.

    Reference: Mao et al., 2016, arXiv:1611.04076 (Adam 2e-4, beta_1 0.5).
    """

    @staticmethod
    def recipe():
        return {
            "objective": LeastSquares(),
            "generator_optimizer": keras.optimizers.Adam(2e-4, beta_1=0.5),
            "discriminator_optimizer": keras.optimizers.Adam(2e-4, beta_1=0.5),
        }
