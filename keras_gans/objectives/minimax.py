"""The minimax objective of Goodfellow et al."""

import math

from keras import ops

from keras_gans.objectives.objective import Objective, cross_entropy
from keras_gans.registry import register


@register("minimax")
class Minimax(Objective):
    """Both players fight over one value: G minimises log(1 - D(G(z))), which saturates where D is sure.

    With scores d and D = sigmoid(d):

        D minimises  -y_r log D(x) - (1 - y_r) log(1 - D(x))  -  (1 - y_f) log(1 - D(G(z))) - y_f log D(G(z))
        G minimises  log(1 - D(G(z)))  =  -softplus(d(G(z)))

    At D = 1/2 D's loss is 2 log 2. G's gradient with respect to d is -D(G(z)): -1/2 there, but -4.5e-5 at d = -10.

    Args:
        real_target: y_r in (0, 1], D's target for real images; 0.9 is one-sided label smoothing.
        fake_target: y_f in [0, 1), D's target for fakes. Smoothing is one-sided by default: y_f > 0 (0.1, say) makes
            D favour the regions where G already is.

    Reference: Goodfellow et al., 2014, arXiv:1406.2661; smoothing: Salimans et al., 2016, arXiv:1606.03498.
    """

    saturates = True

    def __init__(self, real_target=1.0, fake_target=0.0):
        if not 0.0 <= fake_target < real_target <= 1.0:
            raise ValueError(
                "Expected 0 <= fake_target < real_target <= 1, received: "
                f"real_target={real_target!r}, fake_target={fake_target!r}"
            )
        self.real_target = real_target
        self.fake_target = fake_target

    @property
    def undecided_score(self):
        """The logit of (y_r + y_f) / 2."""
        return math.log((self.real_target + self.fake_target) / (2.0 - self.real_target - self.fake_target))

    @property
    def zero_sum(self):
        """Smoothed targets of fakes are D's alone."""
        return self.fake_target == 0.0

    def discriminator_loss(self, real_scores, fake_scores):
        return cross_entropy(real_scores, self.real_target) + cross_entropy(fake_scores, self.fake_target)

    def generator_loss(self, fake_scores, real_scores=None):
        return -ops.softplus(fake_scores)
