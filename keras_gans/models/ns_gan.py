"""The game with the non-saturating generator loss."""

import keras

from keras_gans.models.adversarial import AdversarialModel
from keras_gans.objectives.non_saturating import NonSaturating
from keras_gans.registry import register


@register("ns_gan")
class NSGAN(AdversarialModel):
    """The non-saturating game, with the optimizers of DCGAN.

        D minimises  -log D(x) - log(1 - D(G(z)))
        G minimises  -log D(G(z))                     where D = sigmoid(score)

    Reference: Goodfellow et al., 2014, arXiv:1406.2661, section 3; optimizers (Adam 2e-4, beta_1 0.5, batch 128):
    Radford et al., 2015, arXiv:1511.06434.
    """

    @staticmethod
    def recipe():
        return {
            "objective": NonSaturating(),
            "generator_optimizer": keras.optimizers.Adam(2e-4, beta_1=0.5),
            "discriminator_optimizer": keras.optimizers.Adam(2e-4, beta_1=0.5),
        }
