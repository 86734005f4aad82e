"""The variational bounds of f-divergences of Nowozin et al."""

import dataclasses
import math
from collections.abc import Callable

from keras import ops

from keras_gans import registry
from keras_gans.objectives.objective import Objective

LARGEST_EXPONENT = 20.0
"""Where `exponential` leaves e^x for its tangent: a density ratio of 4.9e8."""


def exponential(x):
    """e^x, continued by its tangent above x = 20: smooth, convex, and finite in float32 for scores of any size.

    As a conjugate it belongs to the same divergence on density ratios up to e^20, so that nothing is given up where a
    finite batch can tell the difference; plain e^x overflows at x = 89 and its gradient with it.
    """
    inside = ops.minimum(x, LARGEST_EXPONENT)
    return ops.exp(inside) * (1.0 + (x - inside))


@dataclasses.dataclass(frozen=True)
class Divergence:
    """A row of the table in `FDivergence`, composed: what is finite in the end has no infinite middle."""

    activation: Callable
    """g(v), the activation of the output."""
    conjugate: Callable
    """f*(g(v))."""
    undecided_score: float = 0.0
    """The v with g(v) = f'(1)."""
    saturates: bool = True
    """Whether f*(g(v)) is flat at low v."""
    lowest_score: float = -math.inf
    """The v below which f*(g(v)) falls, though a conjugate on densities, u >= 0, never does."""


DIVERGENCES = {
    "kl": Divergence(lambda v: v, lambda v: exponential(v - 1.0), undecided_score=1.0),
    "reverse_kl": Divergence(lambda v: -exponential(-v), lambda v: v - 1.0, saturates=False),
    "pearson": Divergence(lambda v: v, lambda v: 0.25 * ops.square(v) + v, lowest_score=-2.0),
    "squared_hellinger": Divergence(lambda v: 1.0 - exponential(-v), lambda v: exponential(v) - 1.0),
    "jensen_shannon": Divergence(lambda v: math.log(2.0) - ops.softplus(-v), lambda v: ops.softplus(v) - math.log(2.0)),
    "gan": Divergence(lambda v: -ops.softplus(-v), ops.softplus),
}


@registry.register("f_divergence")
class FDivergence(Objective):
    """D maximises a lower bound F of an f-divergence D_f(p_data || p_G), with a function v of the image, its score.

        F = E g(v(x)) - E f*(g(v(G(z))))
        D minimises  -g(v(x)) + f*(g(v(G(z))))
        G minimises  -g(v(G(z)))                 the paper's practical update (section 3.2), or
                     -f*(g(v(G(z))))             G's part of F itself, with saddle_point=True

        divergence           f(u)                            g(v)                 f*(g(v))          f'(1)
        kl                   u log u                         v                    e^(v - 1)         1
        reverse_kl           -log u                          -e^-v                v - 1             -1
        pearson              (u - 1)^2                       v                    v^2 / 4 + v       0
        squared_hellinger    (sqrt(u) - 1)^2                 1 - e^-v             e^v - 1           0
        jensen_shannon       u log u - (u + 1) log((u+1)/2)  log 2 - log(1+e^-v)  log(1+e^v)-log 2  0
        gan                  u log u - (u + 1) log(u + 1)    -log(1 + e^-v)       log(1 + e^v)      -log 2

    The best D puts out g(v) = f'(p_data / p_G), so f'(1) is undecided; g is increasing, so high scores are real.
    e^x is continued by its tangent above x = 20, see `exponential`: losses and gradients stay finite at any score.
    "gan" and "jensen_shannon" have the gradients of `NonSaturating`, and with saddle_point=True those of `Minimax`.

    Args:
        divergence: "kl", "reverse_kl", "pearson", "squared_hellinger", "jensen_shannon" or "gan".
        saddle_point: whether G minimises F itself. The paper recommends against it: most conjugates are flat where D
            is sure that a sample is fake. The parabola of "pearson" even turns round at v = -2 = f'(0), the output
            for p_data = 0; G then sees the constant f*(-2), the conjugate of f on u >= 0.

    Reference: Nowozin et al., 2016, arXiv:1606.00709.
    """

    def __init__(self, divergence="kl", saddle_point=False):
        if divergence not in DIVERGENCES:
            raise ValueError(registry.unknown("divergence", divergence, DIVERGENCES))
        self.divergence = divergence
        self.saddle_point = saddle_point

    @property
    def undecided_score(self):
        """The v with g(v) = f'(1)."""
        return DIVERGENCES[self.divergence].undecided_score

    @property
    def saturates(self):
        return self.saddle_point and DIVERGENCES[self.divergence].saturates

    @property
    def zero_sum(self):
        """G's own part of F is D's, but where G sees a constant below `lowest_score`."""
        return self.saddle_point and DIVERGENCES[self.divergence].lowest_score == -math.inf

    def discriminator_loss(self, real_scores, fake_scores):
        divergence = DIVERGENCES[self.divergence]
        return divergence.conjugate(fake_scores) - divergence.activation(real_scores)

    def generator_loss(self, fake_scores, real_scores=None):
        divergence = DIVERGENCES[self.divergence]
        if not self.saddle_point:
            return -divergence.activation(fake_scores)
        return -divergence.conjugate(ops.maximum(fake_scores, divergence.lowest_score))
