"""Mixtures in the plane and the swiss roll: which modes does a game find, and how evenly?"""

import dataclasses

import keras
import numpy as np
from keras import layers

from keras_gans.benchmarks import strips
from keras_gans.benchmarks.protocol import Protocol, epochs
from keras_gans.data.toys import Grid, Ring, SwissRoll
from keras_gans.metrics.mode_coverage import mode_coverage
from keras_gans.networks.layers import Maxout
from keras_gans.networks.mlp import MLPGenerator
from keras_gans.networks.network import normalized, scaled
from keras_gans.penalties import InterpolatedGradient


@dataclasses.dataclass(frozen=True)
class Points(Protocol):
    """Points in the plane: PacGAN's networks and optimizers, 400 epochs of 1,000 steps on 100,000 points.

    G: 2-400-400-400-400-2, ReLU, batch normalization. D: 200-200-200 maxout units of 5 pieces, 1. All weights from
    N(0, 0.02). Adam 1e-4, beta_1 0.8, for both. The published protocol is 400,000 steps at width 1.

    Args:
        width: multiplies the units of all hidden layers.

    Reference: Lin et al., 2018, arXiv:1712.04086, and its released code.
    """

    steps: int = 400_000
    batch_size: int = 100
    snapshots: int = 8
    samples: int = 2500
    width: float = 1.0

    reference = "Lin et al., 2018, arXiv:1712.04086"
    image_shape = (2,)
    contestants = (
        "gan",
        "ns_gan",
        "lsgan",
        "wgan",
        "wgan_gp",
        "dragan",
        "hinge_gan",
        "hinge_gan[ema_momentum=0.99]",
        "unrolled_gan[unrolled_steps=5]",
        "unrolled_gan[unrolled_steps=10]",
        "pac_gan[packing=2]",
        "pac_gan[packing=4]",
    )
    figures = {"modes": "higher", "high_quality": "higher", "reverse_kl": "lower"}
    source = None
    """The data set, a `keras_gans.data.toys.Points`."""
    extent = None
    """Half the width of the pictures."""

    def generator(self):
        hidden = (scaled(400, self.width),) * 4
        return MLPGenerator((2,), latent_dim=2, hidden=hidden, batch_normalization=True, initializer=_kernel())

    def discriminator(self, image_shape, normalization=None):
        points = keras.Input(image_shape)
        x = points
        for _ in range(3):
            pieces = layers.Dense(5 * scaled(200, self.width), kernel_initializer=_kernel())
            x = Maxout(5)(normalized(pieces, normalization)(x))
        scores = normalized(layers.Dense(1, kernel_initializer=_kernel(), dtype="float32"), normalization)(x)
        return keras.Model(points, scores, name="discriminator")

    def optimizers(self):
        return {f"{player}_optimizer": keras.optimizers.Adam(1e-4, beta_1=0.8) for player in _PLAYERS}

    def adapted(self, game):
        """WGAN-GP as in its authors' script for points: with the recipe's 10 D learns the penalty and little else."""
        if game != "wgan_gp":
            return {}
        optimizers = {f"{player}_optimizer": keras.optimizers.Adam(1e-4, beta_1=0.5, beta_2=0.9) for player in _PLAYERS}
        return {**optimizers, "penalties": [InterpolatedGradient(0.1)]}

    @property
    def jit_compile(self):
        """XLA takes seconds to compile a step of these networks, which is then more than twice as fast."""
        return self.steps >= _WORTH_COMPILING or "auto"

    def draws(self, size, seed):
        """Epochs of all points, each in another order."""
        return epochs(self.source.arrays("train")[0], size, seed)

    def drawn(self, game):
        """`samples` points of a game."""
        return game.sample(self.samples)

    def picture(self, game):
        return strips.density(self.drawn(game), self.extent)

    def target(self):
        return strips.density(self.source.sample(self.samples, seed=1)[0], self.extent)


@dataclasses.dataclass(frozen=True)
class Mixtures(Points):
    """Mixtures of Gaussians, judged as in VEEGAN and PacGAN: see `keras_gans.metrics.mode_coverage`."""

    def evaluate(self, game):
        return dataclasses.asdict(mode_coverage(self.drawn(game), self.source.means, self.source.std))


@dataclasses.dataclass(frozen=True)
class RingBenchmark(Mixtures):
    """Eight Gaussians of standard deviation 0.01 on the unit circle."""

    name = "ring"
    source = Ring()
    extent = 1.4
    published = {
        "GAN (PacGAN's table 1)": {"modes": (6.3, 0.5), "high_quality": (0.982, 0.002), "reverse_kl": (0.45, 0.09)},
        "ALI (PacGAN's table 1)": {"modes": (6.6, 0.3), "high_quality": (0.976, 0.004), "reverse_kl": (0.36, 0.04)},
        "PacGAN2": {"modes": (7.9, 0.1), "high_quality": (0.956, 0.020), "reverse_kl": (0.07, 0.03)},
        "PacGAN3": {"modes": (7.8, 0.1), "high_quality": (0.977, 0.003), "reverse_kl": (0.10, 0.02)},
        "PacGAN4": {"modes": (7.8, 0.1), "high_quality": (0.959, 0.014), "reverse_kl": (0.07, 0.02)},
        "Unrolled K=5 (VEEGAN's table 1, other networks)": {"modes": (7.6, None), "high_quality": (0.356, None)},
        "VEEGAN (its table 1, other networks)": {"modes": (8.0, None), "high_quality": (0.529, None)},
    }


@dataclasses.dataclass(frozen=True)
class GridBenchmark(Mixtures):
    """Twenty-five Gaussians of standard deviation 0.05 on a grid with spacing 2."""

    name = "grid"
    source = Grid()
    extent = 5.0
    published = {
        "GAN (PacGAN's table 1)": {"modes": (17.3, 0.8), "high_quality": (0.948, 0.007), "reverse_kl": (0.70, 0.07)},
        "ALI (PacGAN's table 1)": {"modes": (24.1, 0.4), "high_quality": (0.957, 0.006), "reverse_kl": (0.14, 0.03)},
        "PacGAN2": {"modes": (23.8, 0.7), "high_quality": (0.913, 0.008), "reverse_kl": (0.13, 0.04)},
        "PacGAN3": {"modes": (24.6, 0.4), "high_quality": (0.942, 0.004), "reverse_kl": (0.06, 0.02)},
        "PacGAN4": {"modes": (24.8, 0.2), "high_quality": (0.936, 0.006), "reverse_kl": (0.04, 0.01)},
        "Unrolled K=5 (VEEGAN's table 1, other networks)": {"modes": (23.6, None), "high_quality": (0.16, None)},
        "VEEGAN (its table 1, other networks)": {"modes": (24.6, None), "high_quality": (0.40, None)},
    }


@dataclasses.dataclass(frozen=True)
class SwissRollBenchmark(Points):
    """The swiss roll of WGAN-GP's figure 1, on PacGAN's networks; no table of it is published, the figures are ours.

    The noiseless curve is cut into 20 arcs of equal probability: `modes` counts the arcs that have a sample within
    three standard deviations of the curve, `high_quality` is the share of such samples, `reverse_kl` that of their
    histogram over the arcs from the uniform one.

    Reference: Gulrajani et al., 2017, arXiv:1704.00028 (data).
    """

    name = "swiss-roll"
    source = SwissRoll()
    extent = 2.4
    arcs = 20

    def evaluate(self, game):
        return dataclasses.asdict(self.coverage(self.drawn(game)))

    def coverage(self, points):
        """`ModeCoverage` of points `(n, 2)`, with each point moved onto its arc's place in a row of modes."""
        angles = 1.5 * np.pi * (1.0 + 2.0 * (np.arange(2000) + 0.5) / 2000)
        curve = np.stack([angles * np.cos(angles), angles * np.sin(angles)], axis=1) / self.source.scale
        points = np.asarray(points, "float64")
        squares = (points**2).sum(axis=1)[:, None] - 2.0 * points @ curve.T + (curve**2).sum(axis=1)
        nearest = squares.argmin(axis=1)
        distance = np.sqrt(squares.min(axis=1).clip(0.0)) * self.source.scale / self.source.noise
        # Along a row of modes 1000 standard deviations apart, an arc is a mode.
        arcs = nearest * self.arcs // 2000
        means = np.stack([1000.0 * np.arange(self.arcs), np.zeros(self.arcs)], axis=1)
        return mode_coverage(np.stack([1000.0 * arcs, distance], axis=1), means, std=1.0)


_PLAYERS = ("generator", "discriminator")
_WORTH_COMPILING = 5_000


def _kernel():
    return keras.initializers.RandomNormal(0.0, 0.02)
