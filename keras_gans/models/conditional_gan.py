"""Conditional generative adversarial nets."""

import keras

from keras_gans.models.labelled import LabelledModel
from keras_gans.objectives.non_saturating import NonSaturating
from keras_gans.registry import register


@register("conditional_gan")
class ConditionalGAN(LabelledModel):
    """Both players are told the class y of the image.

        D minimises  -log D(x, y) - log(1 - D(G(z, y), y))
        G minimises  -log D(G(z, y), y)                          where D = sigmoid(score)

    The paper states the minimax value and trains G by -log D, with SGD on maxout nets; the default here is the Adam of
    Radford et al., 2015 (arXiv:1511.06434), whose authors' conditional MNIST networks are `conditional_dcgan`.

    Reference: Mirza and Osindero, 2014, arXiv:1411.1784.
    """

    takes_labels = ("generator", "discriminator")

    @staticmethod
    def recipe():
        return {
            "objective": NonSaturating(),
            "generator_optimizer": keras.optimizers.Adam(2e-4, beta_1=0.5),
            "discriminator_optimizer": keras.optimizers.Adam(2e-4, beta_1=0.5),
        }
