"""Points in the plane: the mixtures that show at a glance which modes a generator has lost."""

import numpy as np

from keras_gans.data.embedded import Embedded, register


class Points(Embedded):
    """A distribution in the plane: 100,000 points to train (as PacGAN), 10,000 other ones to test; never scaled."""

    splits = ("train", "test")
    counts = {"train": 100_000, "test": 10_000}

    def sample(self, count, seed=0):
        """`count` points float32 `(count, 2)` and their labels int32 `(count,)`, or None."""
        raise NotImplementedError

    def arrays(self, split="train", image_size=None):
        self.check_split(split)
        if image_size is not None:
            raise ValueError(f"Expected no image_size for points, received: image_size={image_size!r} for {self}")
        return self.sample(self.counts[split], seed=self.splits.index(split))


class Mixture(Points):
    """Gaussians of equal weight around `means`, isotropic with the standard deviation `std`; the mode is the label."""

    std = None

    @property
    def means(self):
        """The centres of the modes, float32 `(modes, 2)`."""
        raise NotImplementedError

    def sample(self, count, seed=0):
        random = np.random.default_rng(seed)
        modes = random.integers(len(self.means), size=count)
        points = self.means[modes] + self.std * random.standard_normal((count, 2))
        return points.astype("float32"), modes.astype("int32")


@register("ring")
class Ring(Mixture):
    """Eight Gaussians on a circle, 2-D points, 100,000 train, 10,000 test.

        mean_i = radius (cos(2 pi i / modes), sin(2 pi i / modes))

    Reference: Srivastava et al. (VEEGAN), 2017, arXiv:1705.07761; settings of Lin et al. (PacGAN), arXiv:1712.04086.
    """

    def __init__(self, modes=8, radius=1.0, std=0.01):
        self.modes = modes
        self.radius = radius
        self.std = std

    @property
    def means(self):
        angles = 2 * np.pi * np.arange(self.modes) / self.modes
        return (self.radius * np.stack([np.cos(angles), np.sin(angles)], axis=1)).astype("float32")


@register("grid")
class Grid(Mixture):
    """Twenty-five Gaussians on a square grid, 2-D points, 100,000 train, 10,000 test.

        means = spacing * {-2, -1, 0, 1, 2}^2, for side = 5

    Reference: Srivastava et al. (VEEGAN), 2017, arXiv:1705.07761; settings of Lin et al. (PacGAN), arXiv:1712.04086.
    """

    def __init__(self, side=5, spacing=2.0, std=0.05):
        self.side = side
        self.spacing = spacing
        self.std = std

    @property
    def means(self):
        steps = self.spacing * (np.arange(self.side) - (self.side - 1) / 2)
        return np.stack(np.meshgrid(steps, steps, indexing="ij"), axis=-1).reshape(-1, 2).astype("float32")


@register("swiss_roll")
class SwissRoll(Points):
    """A spiral seen from its end, 2-D points, 100,000 train, 10,000 test.

        t ~ 1.5 pi (1 + 2 U[0, 1]),  (t cos t, t sin t) / scale, after noise N(0, noise^2) per coordinate

    Reference: Gulrajani et al., 2017, arXiv:1704.00028: noise 0.25, divided by 7.5.
    """

    def __init__(self, noise=0.25, scale=7.5):
        self.noise = noise
        self.scale = scale

    def sample(self, count, seed=0):
        from sklearn.datasets import make_swiss_roll

        points, _ = make_swiss_roll(count, noise=self.noise, random_state=seed)
        return (points[:, [0, 2]] / self.scale).astype("float32"), None
