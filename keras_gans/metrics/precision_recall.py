"""Improved precision and recall, from nearest neighbours."""

import numpy as np

from keras_gans.metrics.arrays import as_feature_pair, centred, check_positive_integer
from keras_gans.metrics.metric import EvaluationMetric
from keras_gans.metrics.neighbours import NeighbourBalls
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
    return _share_held(NeighbourBalls(real, k), generated), _share_held(NeighbourBalls(generated, k), real)


def _share_held(balls, points):
    return float(np.concatenate([held.any(axis=1) for held in balls.closed(points)]).mean())


@register("pr")
class PrecisionRecall(EvaluationMetric):
    """Improved precision and recall of features: `precision` and `recall`, higher is better.

    Args:
        extractor, name: as of `EvaluationMetric`.
        k: neighbours.

    Reference: Kynkaanniemi et al., 2019, arXiv:1904.06991.
    """

    directions = {"precision": "higher", "recall": "higher"}

    def __init__(self, extractor=None, name=None, k=3, **kwargs):
        super().__init__(extractor, name, **kwargs)
        self.k = k

    def compute(self, real, generated):
        precision, recall = precision_recall(real, generated, self.k)
        return {"precision": precision, "recall": recall}, {}
