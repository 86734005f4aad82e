"""f-GAN: any f-divergence."""

import keras

from keras_gans.models.adversarial import AdversarialModel
from keras_gans.objectives.f_divergence import FDivergence
from keras_gans.registry import register


@register("f_gan")
class FGAN(AdversarialModel):
    """The variational bound of an f-divergence, by default Kullback and Leibler's.

        F = E g(d(x)) - E f*(g(d(G(z))))          D maximises F

    The output activation g and the conjugate f* belong to the objective; see `FDivergence` for the table of
    divergences and for what G minimises. Other divergences: `compile(objective=FDivergence("pearson"))`.

    Reference: Nowozin et al., 2016, arXiv:1606.00709 (Adam 2e-4, beta_1 0.5).
    """

    @staticmethod
    def recipe():
        return {
            "objective": FDivergence("kl"),
            "generator_optimizer": keras.optimizers.Adam(2e-4, beta_1=0.5),
            "discriminator_optimizer": keras.optimizers.Adam(2e-4, beta_1=0.5),
        }
