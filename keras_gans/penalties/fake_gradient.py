"""The R2 penalty."""

from keras import ops

from keras_gans.penalties.penalty import Penalty
from keras_gans.registry import register


@register("fake_gradient")
class FakeGradient(Penalty):
    """R2: D should be flat at the generated images.

        D's loss gains  weight / 2 * ||grad d(G(z))||^2

    The factor 1/2 is the paper's, so that `weight` is its gamma.

    Args:
        weight: gamma; the paper's 10.
        every: evaluate at each `every`-th update of D.

    Reference: Mescheder et al., 2018, arXiv:1801.04406.
    """

    def points(self, real, fake, seed=None):
        return fake

    def profile(self, norm):
        return 0.5 * ops.square(norm)
