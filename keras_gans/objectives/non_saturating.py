"""The non-saturating objective of Goodfellow et al."""

from keras import ops

from keras_gans.objectives.minimax import Minimax
from keras_gans.registry import register


@register("non_saturating")
class NonSaturating(Minimax):
    """The generator maximises log D(G(z)) instead of minimising log(1 - D(G(z))): its gradient survives a sure D.

    With scores d and D = sigmoid(d), D as in `Minimax`:

        D minimises  -y_r log D(x) - (1 - y_r) log(1 - D(x))  -  (1 - y_f) log(1 - D(G(z))) - y_f log D(G(z))
        G minimises  -log D(G(z))  =  softplus(-d(G(z)))

    Args:
        real_target: y_r in (0, 1], D's target for real images; 0.9 is one-sided label smoothing.
        fake_target: y_f in [0, 1), D's target for fakes; the literature keeps it at 0.

    Reference: Goodfellow et al., 2014, arXiv:1406.2661, section 3; smoothing: Salimans et al., 2016, arXiv:1606.03498.
    """

    saturates = False
    zero_sum = False

    def generator_loss(self, fake_scores, real_scores=None):
        return ops.softplus(-fake_scores)
