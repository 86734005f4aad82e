"""Density and coverage, from nearest neighbours."""

import numpy as np

from keras_gans.metrics.arrays import as_feature_pair, centred, check_positive_integer
from keras_gans.metrics.metric import EvaluationMetric
from keras_gans.metrics.neighbours import NeighbourBalls
from keras_gans.registry import register


def density_coverage(real, generated, k=5):
    """Density and coverage of Naeem et al., which an outlier cannot inflate. Higher is better.

        density  = mean number of real balls that hold a generated point, / k    (1 if perfect, may be more)
        coverage = share of real balls that hold at least one generated point    (in [0, 1])

    Balls are around real points only, open, with the radius of the k-th nearest real neighbour. So a copy of the real
    set has a density of exactly 1, and a real point that more than k others equal has an empty ball.

    Args:
        real: features `(n, d)`, n > k.
        generated: features `(m, d)`.
        k: neighbours; the paper's 5.

    Returns:
        `(density, coverage)`, floats.

    Reference: Naeem et al., 2020, arXiv:2002.09797.
    """
    check_positive_integer(k=k)
    real, generated = as_feature_pair(real, generated)
    if len(real) <= k:
        raise ValueError(f"Expected more than k={k} rows of real features, received: shape={real.shape}")
    real, generated = centred(real, generated)
    held = np.sum([held.sum(axis=0) for held in NeighbourBalls(real, k).open(generated)], axis=0)
    return float(held.sum() / (k * len(generated))), float((held > 0).mean())


@register("dc")
class DensityCoverage(EvaluationMetric):
    """Density and coverage of features: `density` and `coverage`, higher is better.

    Args:
        extractor, name: as of `EvaluationMetric`.
        k: neighbours.

    Reference: Naeem et al., 2020, arXiv:2002.09797.
    """

    directions = {"density": "higher", "coverage": "higher"}

    def __init__(self, extractor=None, name=None, k=5, **kwargs):
        super().__init__(extractor, name, **kwargs)
        self.k = k

    def compute(self, real, generated):
        density, coverage = density_coverage(real, generated, self.k)
        return {"density": density, "coverage": coverage}, {}
