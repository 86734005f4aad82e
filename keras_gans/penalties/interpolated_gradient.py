"""The gradient penalty of WGAN-GP."""

import keras
from keras import ops

from keras_gans.penalties.penalty import Penalty
from keras_gans.registry import register


@register("interpolated_gradient")
class InterpolatedGradient(Penalty):
    """WGAN-GP's penalty: the gradient norm should be one between the real and the generated images.

        u ~ U[0, 1] per example,  x^ = u x + (1 - u) G(z)
        D's loss gains  weight * (||grad d(x^)|| - target)^2
        one-sided:      weight * max(0, ||grad d(x^)|| - target)^2

    The norm is taken over all axes but the batch. D must not couple the examples of a batch (no BatchNormalization).

    Args:
        weight: lambda; the paper's 10.
        target: the wanted gradient norm; the paper's 1.
        one_sided: penalise norms above `target` only (Petzka et al., 2018, arXiv:1709.08894).
        every: evaluate at each `every`-th update of D.

    Reference: Gulrajani et al., 2017, arXiv:1704.00028.
    """

    def __init__(self, weight=10.0, target=1.0, one_sided=False, every=1):
        super().__init__(weight, every)
        if not target >= 0:
            raise ValueError(f"Expected a gradient norm of at least 0, received: target={target!r}")
        self.target = target
        self.one_sided = one_sided

    def points(self, real, fake, seed=None):
        shape = (ops.shape(real)[0],) + (1,) * (len(real.shape) - 1)
        mix = ops.cast(keras.random.uniform(shape, seed=seed), real.dtype)
        return mix * real + (1 - mix) * fake

    def profile(self, norm):
        excess = norm - self.target
        return ops.square(ops.relu(excess) if self.one_sided else excess)
