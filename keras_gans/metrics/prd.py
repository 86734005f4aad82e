"""Precision and recall of distributions (PRD), as a curve."""

import dataclasses

import numpy as np
from sklearn.cluster import MiniBatchKMeans

from keras_gans.metrics.arrays import as_feature_pair, check_positive_integer
from keras_gans.metrics.metric import EvaluationMetric
from keras_gans.registry import register

_EDGE = 1e-10  # keeps the tangent of the first and last angle finite


@dataclasses.dataclass(frozen=True)
class PRDCurve:
    """A curve of precision against recall; unpacks as `precision, recall`.

    Args:
        precision: `(angles,)` in [0, 1], rising with the angle.
        recall: `(angles,)` in [0, 1], falling with the angle.
    """

    precision: np.ndarray
    recall: np.ndarray

    def __iter__(self):
        return iter((self.precision, self.recall))

    @property
    def f8(self):
        """The largest F_8, which weighs recall 8 times: close to the recall. Higher is better, at most 1."""
        return self.f_beta(8.0)

    @property
    def f1_8(self):
        """The largest F_1/8, which weighs precision 8 times: close to the precision. Higher is better, at most 1."""
        return self.f_beta(1.0 / 8.0)

    def f_beta(self, beta):
        """The largest (1 + beta^2) p r / (beta^2 p + r) on the curve."""
        numerator = (1.0 + beta**2) * self.precision * self.recall
        denominator = beta**2 * self.precision + self.recall
        return float(np.max(np.divide(numerator, denominator, out=np.zeros_like(numerator), where=denominator > 0)))


def prd(real, generated, clusters=20, angles=1001, runs=10, seed=0):
    """Precision and recall of the generated features against the real ones, as Sajjadi et al. define them.

    Both sets are clustered together by k-means, and the histograms of the clusters compared by `prd_from_histograms`;
    the curves of `runs` clusterings are averaged. Higher is better: precision says how much of the generated
    distribution the real one could have made, recall the converse.

    Args:
        real: features `(n, d)`.
        generated: features `(n, d)`, as many rows: k-means would follow the larger set.
        clusters: k of k-means, from 2 to 2 n.
        angles: points of the curve, an integer >= 3.
        runs: clusterings to average.
        seed: of the first clustering.

    Returns:
        `PRDCurve`, with the summaries `f8` (recall) and `f1_8` (precision).

    Reference: Sajjadi et al., 2018, arXiv:1806.00035.
    """
    check_positive_integer(clusters=clusters, angles=angles, runs=runs)
    real, generated = as_feature_pair(real, generated)
    if len(real) != len(generated):
        raise ValueError(
            f"Expected as many real as generated rows, received: {len(real)} real and {len(generated)} generated"
        )
    if clusters > 2 * len(real):
        raise ValueError(f"Expected no more clusters than rows, {2 * len(real)}, received: {clusters=}")
    curves = [
        prd_from_histograms(*_histograms(real, generated, clusters, seed + run), angles=angles) for run in range(runs)
    ]
    return PRDCurve(*(np.mean([getattr(curve, side) for curve in curves], axis=0) for side in ("precision", "recall")))


def prd_from_histograms(real, generated, angles=1001):
    """The curve of two discrete distributions.

        alpha(l) = sum_i min(l p_i, q_i),   beta(l) = sum_i min(p_i, q_i / l),   l = tan of angles in (0, pi/2)

    where p is real, q generated, alpha precision and beta recall. Higher is better. Sajjadi et al.'s own code takes the
    generated distribution first: swapped sides swap precision and recall.

    Args:
        real: non-negative `(states,)` that sum to 1.
        generated: the same of the generated distribution.
        angles: number of equidistant angles, an integer >= 3.
    """
    real, generated = (_distribution(values, name) for values, name in ((real, "real"), (generated, "generated")))
    if real.shape != generated.shape:
        raise ValueError(f"Expected histograms of the same length, received: {real.shape} and {generated.shape}")
    if angles < 3:
        raise ValueError(f"Expected at least 3 angles, received: angles={angles!r}")
    slopes = np.tan(np.linspace(_EDGE, np.pi / 2 - _EDGE, angles))
    precision = np.minimum(slopes[:, None] * real, generated).sum(axis=1)
    recall = precision / slopes
    return PRDCurve(np.clip(precision, 0.0, 1.0), np.clip(recall, 0.0, 1.0))


def _distribution(values, name):
    values = np.asarray(values, np.float64)
    if values.ndim != 1 or not (values >= 0).all() or not np.isclose(values.sum(), 1.0):
        raise ValueError(f"Expected a {name} histogram of shape (states,) that sums to 1, received: {values!r}")
    return values


def _histograms(real, generated, clusters, seed):
    """The shares of the real and of the generated rows in each cluster of their union."""
    both = np.concatenate([generated, real])
    labels = MiniBatchKMeans(n_clusters=clusters, n_init=10, random_state=seed).fit(both).labels_
    counts = [np.bincount(part, minlength=clusters) for part in (labels[len(generated) :], labels[: len(generated)])]
    return counts[0] / len(real), counts[1] / len(generated)


@register("prd")
class PrecisionRecallDistribution(EvaluationMetric):
    """Summaries of the curve of Sajjadi et al.: `prd_precision` (F_1/8) and `prd_recall` (F_8), higher is better.

    Args:
        extractor, name: as of `EvaluationMetric`.
        clusters: k of k-means.
        runs: clusterings to average.
        seed: of the first clustering.

    Reference: Sajjadi et al., 2018, arXiv:1806.00035.
    """

    directions = {"prd_precision": "higher", "prd_recall": "higher"}

    def __init__(self, extractor=None, name=None, clusters=20, runs=10, seed=0, **kwargs):
        super().__init__(extractor, name, **kwargs)
        self.clusters = clusters
        self.runs = runs
        self.seed = seed

    def compute(self, real, generated):
        curve = prd(real, generated, clusters=self.clusters, runs=self.runs, seed=self.seed)
        return {"prd_precision": curve.f1_8, "prd_recall": curve.f8}, {}
