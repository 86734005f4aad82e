"""Mean and covariance of features: the whole of what a Frechet distance knows, in constant memory."""

import dataclasses

import numpy as np
from scipy.linalg import blas

from keras_gans.metrics.arrays import check_features


@dataclasses.dataclass(frozen=True)
class FeatureStatistics:
    """Mean and unbiased covariance of features; unpacks as `mean, covariance, count`.

    Args:
        mean: float64 `(d,)`.
        covariance: float64 `(d, d)`, symmetric, with the divisor count - 1 (all zeros for a single row).
        count: number of rows that were seen.
    """

    mean: np.ndarray
    covariance: np.ndarray
    count: int

    def __iter__(self):
        return iter((self.mean, self.covariance, self.count))

    def merge(self, other):
        """The statistics of both sets of rows together, as if they had been one array."""
        return StreamingStatistics(self).update_statistics(other).result()


def feature_statistics(features):
    """Mean, unbiased covariance and count of features `(n, d)`, as `FeatureStatistics`, in float64.

    The covariance has the divisor n - 1, as in the reference implementations of FID. `StreamingStatistics` gives the
    same from batches.

    Raises:
        TypeError, ValueError: for anything but a finite real array `(n, d)` with n >= 1.
    """
    return StreamingStatistics().update(features).result()


class StreamingStatistics:
    """Statistics of features that come in batches; memory does not grow with their number.

    Mean m and scatter S = sum (x - m)(x - m)^T of two sets merge exactly (Chan, Golub and LeVeque, 1979):

        m = m_a + (n_b / n) (m_b - m_a),   S = S_a + S_b + s s^T,   s = (n_a n_b / n)^(1/2) (m_b - m_a)

    Rows are gathered into blocks of a fixed size first, so that the result depends on the rows and not on how they
    were batched (up to rounding, if it is read in between), and each block with its s is one product.

    Args:
        statistics: `FeatureStatistics` to go on from, or None.
    """

    block = 1024

    def __init__(self, statistics=None):
        self._count, self._mean, self._scatter = 0, None, None  # of the scatter, the upper triangle counts
        self._rows, self._waiting = None, 0  # a block of rows, of which so many wait, and one row more for s
        if statistics is not None:
            self.update_statistics(statistics)

    @property
    def count(self):
        """Number of rows so far."""
        return self._count + self._waiting

    def update(self, features):
        """Adds rows `(n, d)`; returns self."""
        features = check_features(features)
        self._expect(features.shape[1])
        while len(features):
            taken = features[: self.block - self._waiting]
            features = features[len(taken) :]
            self._rows[self._waiting : self._waiting + len(taken)] = taken
            self._waiting += len(taken)
            if self._waiting == self.block:
                self._absorb_rows()
        return self

    def update_statistics(self, statistics):
        """Adds the rows that other statistics were made of; returns self."""
        mean, covariance, count = statistics
        mean, covariance = np.asarray(mean, np.float64), np.asarray(covariance, np.float64)
        if mean.ndim != 1 or covariance.shape != (len(mean), len(mean)) or count < 1:
            raise ValueError(
                f"Expected a mean (d,), a covariance (d, d) and a count of at least 1, received: shapes {mean.shape} "
                f"and {covariance.shape}, count={count!r}"
            )
        self._expect(len(mean))
        self._absorb_rows()
        self._scatter += covariance * (count - 1)
        step = self._move_mean(mean, count)
        self._scatter += np.outer(step, step)
        return self

    def result(self):
        """`FeatureStatistics` of all rows so far.

        Raises:
            ValueError: if there are none.
        """
        if not self.count:
            raise ValueError("Expected at least one row of features, received: none")
        self._absorb_rows()
        covariance = self._scatter.T / max(self._count - 1, 1)
        _mirror(covariance)
        return FeatureStatistics(self._mean.copy(), covariance, self._count)

    def _expect(self, width):
        """Makes room for rows of the first width that comes, and refuses others."""
        if self._mean is None:
            self._mean, self._scatter = np.zeros(width), np.zeros((width, width), order="F")
            self._rows = np.empty((self.block + 1, width))
        if width != len(self._mean):
            raise ValueError(f"Expected {len(self._mean)} features per row, as before, received: {width}")

    def _absorb_rows(self):
        if self._waiting:
            rows, count = self._rows[: self._waiting + 1], self._waiting
            mean = rows[:count].mean(axis=0)
            rows[:count] -= mean
            rows[count] = self._move_mean(mean, count)
            self._scatter = blas.dsyrk(1.0, rows.T, beta=1.0, c=self._scatter, overwrite_c=1)
            self._waiting = 0

    def _move_mean(self, mean, count):
        """Moves the mean to that of `count` rows more; returns s."""
        total = self._count + count
        step = mean - self._mean
        self._mean += step * (count / total)
        scale = np.sqrt(self._count * count / total)
        self._count = total
        return step * scale


def _mirror(matrix, block=256):
    """Copies the lower triangle of a matrix onto the upper one, in blocks that stay in the cache."""
    for start in range(0, len(matrix), block):
        rows, rest = slice(start, start + block), slice(start + block, None)
        matrix[rows, rest] = matrix[rest, rows].T
        square = np.tril(matrix[rows, rows])
        matrix[rows, rows] = square + np.tril(square, -1).T
