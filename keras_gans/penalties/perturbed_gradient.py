"""The gradient penalty of DRAGAN."""

import keras
from keras import ops

from keras_gans import backend, registry
from keras_gans.penalties.penalty import Penalty

NOISES = ("uniform", "normal")


@registry.register("perturbed_gradient")
class PerturbedGradient(Penalty):
    """DRAGAN's penalty: the gradient norm should be one in a neighbourhood of the real images.

        D's loss gains  weight * (||grad d(x + delta)|| - target)^2
        noise="uniform":  delta = u scale std(batch) e,  u ~ U[0, 1] per example,  e ~ U[0, 1] per pixel
        noise="normal":   delta ~ N(0, scale^2 I)

    The paper and its code differ. The released code, which made the paper's pictures, has the first noise with
    scale 0.5; it is the default since it follows the range of the data by itself (std(batch) is one number for the
    whole batch). It moves images to one side only. The paper's text has the second, with c = scale^2 to be tuned to
    the range of the data. D must not couple the examples of a batch (no BatchNormalization).

    Args:
        weight: lambda; the paper's 10.
        target: k, the wanted gradient norm; the paper's 1.
        noise: "uniform" (the released code) or "normal" (the paper's text).
        scale: the size of the noise: in standard deviations of the batch if uniform, in units of a pixel if normal.
        every: evaluate at each `every`-th update of D.

    Reference: Kodali et al., 2017, arXiv:1705.07215.
    """

    def __init__(self, weight=10.0, target=1.0, noise="uniform", scale=0.5, every=1):
        super().__init__(weight, every)
        if not target >= 0:
            raise ValueError(f"Expected a gradient norm of at least 0, received: target={target!r}")
        if noise not in NOISES:
            raise ValueError(registry.unknown("noise", noise, NOISES))
        if not scale >= 0:
            raise ValueError(f"Expected a scale of at least 0, received: scale={scale!r}")
        self.target = target
        self.noise = noise
        self.scale = scale

    def points(self, real, fake, seed=None):
        return real + ops.cast(self._noise(real, seed), real.dtype)

    def profile(self, norm):
        return ops.square(norm - self.target)

    def _noise(self, real, seed):
        count, *shape = ops.shape(real)
        if self.noise == "normal":
            return self.scale * keras.random.normal((count, *shape), seed=seed)
        # One draw gives both: an integer seed would give u and e the same numbers.
        uniform = keras.random.uniform((count, 2, *shape), seed=seed)
        per_example = uniform[(slice(None), 0, *(slice(0, 1) for _ in shape))]
        return per_example * self.scale * self._deviation(real) * uniform[:, 1]

    def _deviation(self, images):
        """The standard deviation of all values of the batch; if lazy, of the replica's share of it.

        A lazy penalty is one branch of a condition, in which replicas cannot meet.
        """
        images = ops.cast(images, "float32")
        if self.every > 1:
            return ops.std(images)
        mean = backend.mean_of_replicas(ops.mean(images))
        return ops.sqrt(backend.mean_of_replicas(ops.mean(ops.square(images - mean))))
