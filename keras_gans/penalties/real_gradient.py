"""The R1 penalty."""

from keras import ops

from keras_gans.penalties.penalty import Penalty
from keras_gans.registry import register


@register("real_gradient")
class RealGradient(Penalty):
    """R1: D should be flat at the real images, which makes the game converge where G has learnt them.

        D's loss gains  weight / 2 * ||grad d(x)||^2

    The factor 1/2 is the paper's, so that `weight` is its gamma.

    Args:
        weight: gamma; the paper's 10.
        every: evaluate at each `every`-th update of D; StyleGAN2 takes 16.

    Reference: Mescheder et al., 2018, arXiv:1801.04406.
    """

    def points(self, real, fake, seed=None):
        return real

    def profile(self, norm):
        return 0.5 * ops.square(norm)
