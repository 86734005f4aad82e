"""Mean and covariance of features: the whole of what a Frechet distance knows, in constant memory."""

import dataclasses

import numpy as np

from keras_gans.metrics.arrays import as_features


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

        m = m_a + (n_b / n) (m_b - m_a),   S = S_a + S_b + (n_a n_b / n) (m_b - m_a)(m_b - m_a)^T

    Rows are gathered into blocks of a fixed size first, so that the result depends on the rows and not on how they
    were batched, and each update is one large product.

    Args:
        statistics: `FeatureStatistics` to go on from, or None.
    """

    block = 1024

    def __init__(self, statistics=None):
        self._waiting, self._waiting_count = [], 0
        self._count, self._mean, self._scatter = 0, None, None
        if statistics is not None:
            self.update_statistics(statistics)

    @property
    def count(self):
        """Number of rows so far."""
        return self._count + self._waiting_count

    def update(self, features):
        """Adds rows `(n, d)`; returns self."""
        features = as_features(features)
        known = self._waiting[0].shape[1] if self._waiting else None if self._mean is None else len(self._mean)
        _check_width(known, features.shape[1])
        while len(features):
            taken = features[: self.block - self._waiting_count]
            features = features[len(taken) :]
            self._waiting.append(taken.copy())
            self._waiting_count += len(taken)
            if self._waiting_count == self.block:
                self._absorb_waiting()
        return self

    def update_statistics(self, statistics):
        """Adds the rows that other statistics were made of; returns self."""
        mean, covariance, count = statistics
        self._absorb_waiting()
        self._absorb(np.asarray(mean, np.float64), np.asarray(covariance, np.float64) * max(count - 1, 0), count)
        return self

    def result(self):
        """`FeatureStatistics` of all rows so far.

        Raises:
            ValueError: if there are none.
        """
        self._absorb_waiting()
        if not self._count:
            raise ValueError("Expected at least one row of features, received: none")
        return FeatureStatistics(self._mean.copy(), self._scatter / max(self._count - 1, 1), self._count)

    def _absorb_waiting(self):
        if self._waiting:
            rows = np.concatenate(self._waiting)
            self._waiting, self._waiting_count = [], 0
            mean = rows.mean(axis=0)
            rows -= mean
            self._absorb(mean, rows.T @ rows, len(rows))

    def _absorb(self, mean, scatter, count):
        if not self._count:
            self._mean, self._scatter, self._count = mean.copy(), scatter, count
            return
        _check_width(len(self._mean), len(mean))
        total = self._count + count
        step = mean - self._mean
        self._scatter += scatter
        self._scatter += np.outer(step * (self._count * count / total), step)
        self._mean += step * (count / total)
        self._count = total


def _check_width(known, received):
    if known not in (None, received):
        raise ValueError(f"Expected {known} features per row, as before, received: {received}")
