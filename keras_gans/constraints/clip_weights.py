"""The weight clipping of WGAN."""

from keras import ops

from keras_gans.constraints.constraint import Constraint
from keras_gans.registry import register


@register("clip_weights")
class ClipWeights(Constraint):
    """Each weight is clipped to [-limit, limit], which keeps D Lipschitz with some constant.

        w <- max(-limit, min(limit, w))

    Args:
        limit: c > 0; the paper's 0.01.

    Reference: Arjovsky et al., 2017, arXiv:1701.07875.
    """

    def __init__(self, limit=0.01):
        if not limit > 0:
            raise ValueError(f"Expected a limit above 0, received: limit={limit!r}")
        self.limit = limit

    def project(self, weight):
        return ops.clip(weight, -self.limit, self.limit)
