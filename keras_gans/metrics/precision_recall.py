"""Precision, recall, density and coverage from nearest neighbours."""

import numpy as np
from sklearn.metrics import pairwise_distances_chunked
from sklearn.neighbors import NearestNeighbors

from keras_gans.metrics.arrays import as_feature_pair, centred, check_positive_integer
from keras_gans.metrics.metric import EvaluationMetric
from keras_gans.registry import register


def precision_recall(real, generated, k=3):
    """Improved precision and recall of Kynkaanniemi et al. Higher is better, both are shares in [0, 1].

    Each point of a set has a ball whose radius is the distance to its k-th nearest neighbour in that set.

        precision = share of generated points in at least one real ball       (are the samples realistic?)
        recall    = share of real points in at least one generated ball       (is everything real generated?)

    A single outlier has a large ball: an outlier among the generated points inflates recall.

    Args:
        real: features `(n, d)`, n > k.
        generated: features `(m, d)`, m > k. Compare equal counts only; the paper has 50,000.
        k: neighbours; the paper's 3.

    Returns:
        `(precision, recall)`, floats.

    Reference: Kynkaanniemi et al., 2019, arXiv:1904.06991.
    """
    check_positive_integer(k=k)
    real, generated = centred(*as_feature_pair(real, generated, minimum=k + 1))
    real_radii, generated_radii = neighbour_radii(real, k), neighbour_radii(generated, k)
    # |x|^2 - 2xy + |y|^2 gives equal points a distance of up to sqrt(epsilon) |x| instead of 0.
    slack = 1e-7 * np.sqrt(np.mean(np.sum(real**2, axis=1)))
    in_real = [(rows <= real_radii + slack).any(axis=1) for rows in _distances(generated, real)]
    in_generated = [(rows <= generated_radii + slack).any(axis=1) for rows in _distances(real, generated)]
    return float(np.concatenate(in_real).mean()), float(np.concatenate(in_generated).mean())


def density_coverage(real, generated, k=5):
    """Density and coverage of Naeem et al., which an outlier cannot inflate. Higher is better.

        density  = mean number of real balls that hold a generated point, / k    (1 if perfect, may be more)
        coverage = share of real balls that hold at least one generated point    (in [0, 1])

    Balls are around real points only, open, with the radius of the k-th nearest real neighbour.

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
    radii = neighbour_radii(real, k)
    inside = np.zeros(len(real), dtype=np.int64)
    for rows in _distances(generated, real):
        inside += (rows < radii).sum(axis=0)
    return float(inside.sum() / (k * len(generated))), float((inside > 0).mean())


def neighbour_radii(points, k):
    """Distance of each point to its k-th nearest neighbour among the others, `(n,)`."""
    search = NearestNeighbors(n_neighbors=k).fit(points)
    return search.kneighbors()[0][:, -1]


def _distances(points, centres):
    """Euclidean distances `(rows, len(centres))`, a few rows at a time."""
    return pairwise_distances_chunked(points, centres, working_memory=64)


@register("pr")
class PrecisionRecall(EvaluationMetric):
    """Improved precision and recall: `precision` and `recall`, higher is better.

    Args:
        extractor, name: as of `EvaluationMetric`.
        k: neighbours.

    Reference: Kynkaanniemi et al., 2019, arXiv:1904.06991.
    """

    directions = {"precision": "higher", "recall": "higher"}
    reads = "features"

    def __init__(self, extractor=None, name=None, k=3, **kwargs):
        super().__init__(extractor, name, **kwargs)
        self.k = k

    def compute(self, real, generated):
        precision, recall = precision_recall(real, generated, self.k)
        return {"precision": precision, "recall": recall}, {}

    def get_config(self):
        return {**super().get_config(), "k": self.k}


@register("dc")
class DensityCoverage(EvaluationMetric):
    """Density and coverage: `density` and `coverage`, higher is better.

    Args:
        extractor, name: as of `EvaluationMetric`.
        k: neighbours.

    Reference: Naeem et al., 2020, arXiv:2002.09797.
    """

    directions = {"density": "higher", "coverage": "higher"}
    reads = "features"

    def __init__(self, extractor=None, name=None, k=5, **kwargs):
        super().__init__(extractor, name, **kwargs)
        self.k = k

    def compute(self, real, generated):
        density, coverage = density_coverage(real, generated, self.k)
        return {"density": density, "coverage": coverage}, {}

    def get_config(self):
        return {**super().get_config(), "k": self.k}
