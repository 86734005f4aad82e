"""The original game of Goodfellow et al."""

import keras

from keras_gans.models.adversarial import AdversarialModel
from keras_gans.objectives.minimax import Minimax
from keras_gans.registry import register


@register("gan")
class GAN(AdversarialModel):
    """The minimax game: both players fight over one value, V = E log D(x) + E log(1 - D(G(z))).

        D minimises  -log D(x) - log(1 - D(G(z)))
        G minimises   log(1 - D(G(z)))                where D = sigmoid(score)

    At equilibrium D = 1/2 everywhere and V = -log 4. G's gradient vanishes where D is sure: `NSGAN` mends that.
    The paper's optimizer is SGD (0.1, momentum 0.5 to 0.7, batch 100) on maxout nets; the default here is the Adam of
    Radford et al., 2015 (arXiv:1511.06434), which trains convolutional nets too.

    Reference: Goodfellow et al., 2014, arXiv:1406.2661.
    """

    @staticmethod
    def recipe():
        return {
            "objective": Minimax(),
            "generator_optimizer": keras.optimizers.Adam(2e-4, beta_1=0.5),
            "discriminator_optimizer": keras.optimizers.Adam(2e-4, beta_1=0.5),
        }
