"""The hinge objective of geometric GAN and SN-GAN."""

from keras import ops

from keras_gans.objectives.objective import Objective
from keras_gans.registry import register


@register("hinge")
class Hinge(Objective):
    """D stops at a margin of one on either side of zero; G has no margin.

        D minimises  max(0, 1 - d(x)) + max(0, 1 + d(G(z)))
        G minimises  -d(G(z))

    Reference: Lim and Ye, 2017, arXiv:1705.02894; Miyato et al., 2018, arXiv:1802.05957.
    """

    def discriminator_loss(self, real_scores, fake_scores):
        return ops.relu(1.0 - real_scores) + ops.relu(1.0 + fake_scores)

    def generator_loss(self, fake_scores, real_scores=None):
        return -fake_scores
