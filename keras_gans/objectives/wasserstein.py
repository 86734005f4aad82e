"""The Wasserstein objective of Arjovsky et al."""

from keras_gans.objectives.objective import Objective
from keras_gans.registry import register


@register("wasserstein")
class Wasserstein(Objective):
    """D is a critic: the gap of its mean scores estimates the earth mover's distance, if it is Lipschitz.

        D minimises  d(G(z)) - d(x)
        G minimises  -d(G(z))

    The mean of -discriminator_loss is the estimate, up to D's Lipschitz constant. Scores matter only up to a common
    shift, so D's undecided score may be any number. The authors' code has the opposite sign (D high for fakes).

    Reference: Arjovsky et al., 2017, arXiv:1701.07875.
    """

    needs_lipschitz = True
    zero_sum = True

    def discriminator_loss(self, real_scores, fake_scores):
        return fake_scores - real_scores

    def generator_loss(self, fake_scores, real_scores=None):
        return -fake_scores
