"""The Frechet distance between Gaussians: FID, when the features are a network's."""

import numpy as np
from scipy.linalg import lapack

from keras_gans.metrics.metric import EvaluationMetric
from keras_gans.registry import register

_TOLERANCE = 1e-6  # relative; what rounding of float32 statistics may cost


def frechet_distance(statistics_a, statistics_b):
    """The squared Frechet (2-Wasserstein) distance of two Gaussians; with Inception features the FID of Heusel et al.

        |m_a - m_b|^2 + tr(C_a + C_b - 2 (C_a C_b)^(1/2))

    Lower is better, 0 is equal statistics; symmetric. It is biased upwards for finite samples, for two sets of n rows
    of one Gaussian by about 2 d / n + d (d + 1) / (2 n) of a unit variance: compare scores of equal counts only.

    The trace of the square root is the sum of the roots of the eigenvalues of L' C_b L, where L L' = C_a: those of
    C_a C_b, but of a symmetric matrix. So no matrix square root is taken, nothing turns complex, and covariances
    without full rank (fewer rows than dimensions, constant images) need no added multiple of the identity.

    Args:
        statistics_a: `FeatureStatistics` or `(mean (d,), covariance (d, d), ...)`.
        statistics_b: the same of the other set.

    Returns:
        float >= 0, but for rounding: about 1e-12 of the traces.

    Raises:
        ValueError: for shapes that do not match, or a covariance that is not symmetric and positive semi-definite.

    Reference: Dowson and Landau, 1982; Heusel et al., 2017, arXiv:1706.08500.
    """
    mean_a, covariance_a = _moments(statistics_a, "statistics_a")
    mean_b, covariance_b = _moments(statistics_b, "statistics_b")
    if mean_a.shape != mean_b.shape:
        raise ValueError(f"Expected statistics of the same width, received: {mean_a.shape} and {mean_b.shape}")
    overlap = _overlap(covariance_a, covariance_b)
    difference = mean_a - mean_b
    return float(difference @ difference + np.trace(covariance_a) + np.trace(covariance_b) - 2.0 * overlap)


def _moments(statistics, name):
    mean, covariance, *_ = statistics
    mean, covariance = np.asarray(mean, np.float64), np.asarray(covariance, np.float64)
    if mean.ndim != 1 or not len(mean) or covariance.shape != (len(mean), len(mean)):
        raise ValueError(f"Expected {name} of shapes (d,) and (d, d), received: {mean.shape} and {covariance.shape}")
    if not (np.isfinite(mean).all() and np.isfinite(covariance).all()):
        raise ValueError(f"Expected finite {name}, received: NaN or infinity")
    probe = np.random.default_rng(1).normal(size=len(mean))
    asymmetry = np.abs(covariance @ probe - probe @ covariance).max()
    if asymmetry > _TOLERANCE * np.abs(np.diagonal(covariance)).max() * len(mean) ** 0.5:
        raise ValueError(f"Expected a symmetric covariance in {name}, received: one that is not")
    return mean, covariance


def _overlap(covariance_a, covariance_b):
    """tr (C_a C_b)^(1/2)."""
    # LAPACK wants columns first: of a symmetric matrix the transpose is that without a copy of the elements.
    sides = (covariance_a, "statistics_a"), (covariance_b, "statistics_b")
    for (one, _), (other, name) in (sides, sides[::-1]):
        factor, singular = lapack.dpotrf(one.T, lower=1, clean=0)
        if not singular:
            product, _ = lapack.dsygst(other.T, factor, itype=2, lower=1)
            return _sum_of_roots(product, name)
    factor = _factor(*sides[0])
    _factor(*sides[1])
    return _sum_of_roots(factor.T @ covariance_b @ factor, "statistics_b")


def _sum_of_roots(matrix, name):
    """The sum of the roots of the eigenvalues of a semi-definite matrix, of which the lower triangle counts."""
    values = np.linalg.eigvalsh(matrix)
    if values.min(initial=0.0) < -_TOLERANCE * values.max(initial=0.0):
        raise ValueError(_indefinite(name))
    return np.sqrt(np.maximum(values, 0.0)).sum()


def _factor(covariance, name):
    """L `(d, rank)` with L L' = covariance, by Cholesky with pivots."""
    factored, order, rank, _ = lapack.dpstrf(covariance.T, lower=1)
    factor = np.empty((len(covariance), rank))
    factor[order - 1] = np.tril(factored[:, :rank])
    # A semi-definite matrix leaves nothing behind; one product with a random vector tells, at a d-th of the cost.
    probe = np.random.default_rng(0).normal(size=len(covariance))
    rest = covariance @ probe - factor @ (factor.T @ probe)
    if np.abs(rest).max() > _TOLERANCE * np.abs(covariance).max() * len(covariance) ** 0.5:
        raise ValueError(_indefinite(name))
    return factor


def _indefinite(name):
    return f"Expected a positive semi-definite covariance in {name}, received: one with negative eigenvalues"


@register("fid")
class FrechetInceptionDistance(EvaluationMetric):
    """Frechet distance of features, real against generated: `fid`, lower is better.

    Keeps mean and covariance only, so memory does not grow with the number of images.

    Reference: Heusel et al., 2017, arXiv:1706.08500.
    """

    directions = {"fid": "lower"}
    keeps = "statistics"

    def compute(self, real, generated):
        return {"fid": frechet_distance(real, generated)}, {}
