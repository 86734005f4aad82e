"""Conditional games with a projection discriminator."""

import keras

from keras_gans.models.labelled import LabelledModel
from keras_gans.objectives.hinge import Hinge
from keras_gans.registry import register


@register("projection_gan")
class ProjectionGAN(LabelledModel):
    """D compares the class with its features by an inner product, and all of its kernels are spectrally normalized.

        D minimises  max(0, 1 - d(x, y)) + max(0, 1 + d(G(z, y), y))
        G minimises  -d(G(z, y), y)                                     once for 5 steps of D
        d(x, y) = w'h(x) + b + <v_y, h(x)>

    The projection is D's architecture, `projection_dcgan`; the game itself is that of `ConditionalGAN` with the hinge
    objective. The paper's generator is conditioned by conditional batch normalization.

    Reference: Miyato and Koyama, 2018, arXiv:1802.05637 (Adam 2e-4, beta 0 and 0.9, 5 steps of D).
    """

    takes_labels = ("generator", "discriminator")

    @staticmethod
    def recipe():
        return {
            "objective": Hinge(),
            "generator_optimizer": keras.optimizers.Adam(2e-4, beta_1=0.0, beta_2=0.9),
            "discriminator_optimizer": keras.optimizers.Adam(2e-4, beta_1=0.0, beta_2=0.9),
            "discriminator_steps": 5,
        }
