"""The hinge game of SN-GAN."""

import keras

from keras_gans.models.adversarial import AdversarialModel
from keras_gans.objectives.hinge import Hinge
from keras_gans.registry import register


@register("hinge_gan")
class HingeGAN(AdversarialModel):
    """D stops caring about scores beyond the margin; G has no margin.

        D minimises  max(0, 1 - d(x)) + max(0, 1 + d(G(z)))      5 steps
        G minimises  -d(G(z))

    SN-GAN is this game with a spectrally normalized discriminator, e.g. `dcgan` with `normalization="spectral"`.

    Reference: Miyato et al., 2018, arXiv:1802.05957 (Adam 2e-4, beta 0 and 0.9, batch 64); Lim and Ye, 2017,
    arXiv:1705.02894.
    """

    discriminator_options = {"normalization": "spectral"}

    @staticmethod
    def recipe():
        return {
            "objective": Hinge(),
            "generator_optimizer": keras.optimizers.Adam(2e-4, beta_1=0.0, beta_2=0.9),
            "discriminator_optimizer": keras.optimizers.Adam(2e-4, beta_1=0.0, beta_2=0.9),
            "discriminator_steps": 5,
        }
