"""Wasserstein GAN with clipped weights."""

import keras

from keras_gans.constraints.clip_weights import ClipWeights
from keras_gans.models.adversarial import AdversarialModel
from keras_gans.objectives.wasserstein import Wasserstein
from keras_gans.registry import register


@register("wgan")
class WGAN(AdversarialModel):
    """D is a critic whose weights are clipped to [-c, c], which keeps it Lipschitz up to a factor.

        D minimises  d(G(z)) - d(x)         n_critic = 5 steps, clipping |w| <= c = 0.01 after each
        G minimises  -d(G(z))

    -discriminator_loss estimates the Wasserstein distance up to that factor.

    Reference: Arjovsky et al., 2017, arXiv:1701.07875 (RMSprop 5e-5 with decay rate 0.99 as in the authors' code,
    batch 64).
    """

    @staticmethod
    def recipe():
        return {
            "objective": Wasserstein(),
            "constraints": [ClipWeights(0.01)],
            "generator_optimizer": keras.optimizers.RMSprop(5e-5, rho=0.99, epsilon=1e-8),
            "discriminator_optimizer": keras.optimizers.RMSprop(5e-5, rho=0.99, epsilon=1e-8),
            "discriminator_steps": 5,
        }
