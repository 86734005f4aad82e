"""The least squares objective of Mao et al."""

from keras import ops

from keras_gans.objectives.objective import Objective
from keras_gans.registry import register


@register("least_squares")
class LeastSquares(Objective):
    """Regression of the scores on targets: fakes on the right side of the boundary but far from it keep a gradient.

    With scores d (a linear output, no sigmoid):

        D minimises  1/2 (d(x) - b)^2 + 1/2 (d(G(z)) - a)^2
        G minimises  1/2 (d(G(z)) - c)^2

    The paper's two settings are (a, b, c) = (0, 1, 1), the default, and (-1, 1, 0), which satisfies b - c = 1 and
    b - a = 2, so that G minimises the Pearson divergence of (p_data + p_G) / 2 from p_G. Implementations without the
    factor 1/2 only double the learning rate.

    Args:
        fake_target: a, D's target for fakes; smoothing is one-sided by default, 0.1 smooths this side too.
        real_target: b > a, D's target for real images; 0.9 is one-sided label smoothing.
        generator_target: c > a, the score that G wants for its fakes.

    Reference: Mao et al., 2016, arXiv:1611.04076.
    """

    def __init__(self, fake_target=0.0, real_target=1.0, generator_target=1.0):
        if not (fake_target < real_target and fake_target < generator_target):
            raise ValueError(
                "Expected a fake_target below real_target and generator_target, received: "
                f"fake_target={fake_target!r}, real_target={real_target!r}, generator_target={generator_target!r}"
            )
        self.fake_target = fake_target
        self.real_target = real_target
        self.generator_target = generator_target

    @property
    def undecided_score(self):
        """The middle of D's two targets, (a + b) / 2."""
        return 0.5 * (self.fake_target + self.real_target)

    def discriminator_loss(self, real_scores, fake_scores):
        return 0.5 * ops.square(real_scores - self.real_target) + 0.5 * ops.square(fake_scores - self.fake_target)

    def generator_loss(self, fake_scores, real_scores=None):
        return 0.5 * ops.square(fake_scores - self.generator_target)
