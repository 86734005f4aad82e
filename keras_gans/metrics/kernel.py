"""The kernel distance of features: KID, when the features are a network's."""

import functools

import numpy as np

from keras_gans.metrics.arrays import as_feature_pair, check_positive_integer
from keras_gans.metrics.metric import EvaluationMetric
from keras_gans.registry import register


def kernel_distance(real, generated, degree=3, gamma=None, coef=1, subsets=100, subset_size=1000, seed=0):
    """Squared maximum mean discrepancy under a polynomial kernel; with Inception features the KID of Binkowski et al.

        k(x, y) = (gamma x.y + coef)^degree
        MMD^2 = mean_{i != j} k(x_i, x_j) + mean_{i != j} k(y_i, y_j) - 2 mean_{i, j} k(x_i, y_j)

    Lower is better, 0 is equal distributions. It is unbiased, so that it can be negative, and symmetric up to the
    random subsets. The mean is over `subsets` random subsets, drawn without replacement from each side. Their standard
    deviation is that of one subset's value, not of the mean's; it grows too small as subsets share most of their rows.

    Args:
        real: features `(n, d)`.
        generated: features `(m, d)`.
        degree: integer >= 1.
        gamma: factor of the inner product, > 0; None is the paper's 1 / d.
        coef: constant of the kernel, >= 0.
        subsets: number of subsets; the paper has 50 to 100.
        subset_size: rows of each side in a subset, from 2 to min(n, m).
        seed: of the subsets.

    Returns:
        `(mean, standard deviation)` over the subsets, floats; None instead of the deviation where there is but one
        subset: `subsets` is 1, or `subset_size` is all rows of both sides.

    Raises:
        TypeError, ValueError: for features that are not finite real arrays of the same width, or too few rows.

    Reference: Binkowski et al., 2018, arXiv:1801.01401.
    """
    check_positive_integer(degree=degree, subsets=subsets, subset_size=subset_size)
    real, generated = as_feature_pair(real, generated, minimum=2)
    fewest = min(len(real), len(generated))
    if not 2 <= subset_size <= fewest:
        raise ValueError(f"Expected a subset_size from 2 to the fewest rows, {fewest}, received: {subset_size!r}")
    kernel = _kernel(degree, gamma, coef, real.shape[1])
    if subset_size == len(real) == len(generated):
        subsets = 1  # any other would be the same rows again, and their spread mere rounding
    random = np.random.default_rng(seed)
    distances = [
        _unbiased(kernel, *(rows[random.choice(len(rows), subset_size, replace=False)] for rows in (real, generated)))
        for _ in range(subsets)
    ]
    return float(np.mean(distances)), float(np.std(distances)) if subsets > 1 else None


def block_kernel_distance(real, generated, degree=3, gamma=None, coef=1, block_size=1024):
    """`kernel_distance` over disjoint blocks of consecutive rows: TensorFlow-GAN's protocol. Lower is better.

    Rows must be in random order. Both sides are cut into as many blocks as the longer one needs.

    Args:
        real, generated, degree, gamma, coef: as for `kernel_distance`.
        block_size: the most rows of a block, an integer >= 2.

    Returns:
        `(mean, standard error of the mean)` over the blocks, floats; None instead of the error of a single
        block.

    Reference: Zaremba et al., 2013, arXiv:1307.1954 (the estimator).
    """
    check_positive_integer(degree=degree, block_size=block_size)
    real, generated = as_feature_pair(real, generated, minimum=2)
    count = -(-max(len(real), len(generated)) // block_size)
    if min(len(real), len(generated)) < 2 * count:
        raise ValueError(
            f"Expected at least 2 rows of each side in {count} blocks, received: {len(real)} and {len(generated)} rows"
        )
    kernel = _kernel(degree, gamma, coef, real.shape[1])
    blocks = zip(_blocks(real, count), _blocks(generated, count), strict=True)
    distances = [_unbiased(kernel, *pair) for pair in blocks]
    error = float(np.std(distances, ddof=1)) / count**0.5 if count > 1 else None
    return float(np.mean(distances)), error


def _blocks(rows, count):
    """`count` runs of consecutive rows whose sizes differ by at most one, the smaller ones first."""
    sizes = np.full(count, len(rows) // count)
    sizes[count - len(rows) % count :] += 1
    return np.split(rows, np.cumsum(sizes)[:-1])


def _kernel(degree, gamma, coef, width):
    gamma = 1.0 / width if gamma is None else gamma
    if not (0.0 < gamma < np.inf and 0.0 <= coef < np.inf):
        raise ValueError(f"Expected finite gamma > 0 and coef >= 0, received: {gamma=}, {coef=}")
    # Multiplied out, the third power takes an eighth of the time of `** 3`.
    return lambda x, y: functools.reduce(np.multiply, [gamma * (x @ y.T) + coef] * degree)


def _unbiased(kernel, x, y):
    return _mean_off_diagonal(kernel(x, x)) + _mean_off_diagonal(kernel(y, y)) - 2.0 * kernel(x, y).mean()


def _mean_off_diagonal(matrix):
    n = len(matrix)
    return (matrix.sum() - np.trace(matrix)) / (n * (n - 1))


@register("kid")
class KernelInceptionDistance(EvaluationMetric):
    """Kernel distance of features, real against generated, over random subsets: `kid`, lower is better.

    Args:
        extractor, name: as of `EvaluationMetric`.
        subsets: number of subsets.
        subset_size: rows in a subset, or all rows where there are fewer.
        seed: of the subsets.

    Reference: Binkowski et al., 2018, arXiv:1801.01401.
    """

    directions = {"kid": "lower"}

    def __init__(self, extractor=None, name=None, subsets=100, subset_size=1000, seed=0, **kwargs):
        super().__init__(extractor, name, **kwargs)
        self.subsets = subsets
        self.subset_size = subset_size
        self.seed = seed

    def compute(self, real, generated):
        size = min(self.subset_size, len(real), len(generated))
        mean, spread = kernel_distance(real, generated, subsets=self.subsets, subset_size=size, seed=self.seed)
        return {"kid": mean}, {} if spread is None else {"kid": spread}
