"""A test of whether a generator copies its training set."""

import dataclasses

import numpy as np
from scipy.stats import mannwhitneyu

from keras_gans.metrics.arrays import as_feature_pair, as_features, centred
from keras_gans.metrics.neighbours import nearest_distances

MEMORIZES, NO_SIGN, UNDERFITS = "memorizes", "no sign of memorization", "underfits"


@dataclasses.dataclass(frozen=True)
class Memorization:
    """How near generated samples lie to the training set, compared with held-out data.

    Args:
        statistic: Z_U, standard normal for a generator that is as near as held-out data. Best is 0: below, it is
            nearer (copies); above, farther (poor samples).
        closer: share of pairs (generated, held-out) whose generated one is nearer to the training set; best is 0.5.
        near_copies: share of generated samples at least as near to the training set as the nearest 1 % of the held-out
            rows; best is 0.01. Far more of them betray copies among otherwise poor samples, which the statistic may
            miss.
        verdict: "memorizes" (Z_U < -3), "underfits" (Z_U > 3) or "no sign of memorization".
    """

    statistic: float
    closer: float
    near_copies: float
    verdict: str


def memorization(generated, train, test, threshold=3.0):
    """The data-copying test of Meehan et al., in its global form (one cell).

    Distances to the nearest training row are compared between generated and held-out rows by the Mann-Whitney U:

        Z_U = (U - n m / 2) / sqrt(n m (n + m + 1) / 12),   U = #{(i, j): d(generated_i) > d(test_j)} + ties / 2

    It tells copies in the features' sense: with pixels it finds near-identical images, with a network's features
    images that look alike to it.

    Args:
        generated: features (or flattened images) `(n, d)`.
        train: what the generator was trained on, `(k, d)`.
        test: held-out rows of the same distribution `(m, d)`.
        threshold: of |Z_U| for a verdict; 3 is a chance of about 1 in 700.

    Returns:
        `Memorization`.

    Reference: Meehan, Chaudhuri and Dasgupta, 2020, arXiv:2004.05675.
    """
    train, generated = as_feature_pair(train, generated)
    test = as_features(test, "test features")
    if test.shape[1] != train.shape[1]:
        raise ValueError(f"Expected features of one width, received: train {train.shape}, test {test.shape}")
    (_, test), (train, generated) = centred(train, test), centred(train, generated)
    generated_distances, test_distances = (nearest_distances(rows, train) for rows in (generated, test))
    pairs = len(generated) * len(test)
    farther = mannwhitneyu(generated_distances, test_distances, method="asymptotic").statistic
    statistic = (farther - pairs / 2) / np.sqrt(pairs * (len(generated) + len(test) + 1) / 12)
    return Memorization(
        statistic=float(statistic),
        closer=float(1.0 - farther / pairs),
        near_copies=float(np.mean(generated_distances <= np.quantile(test_distances, 0.01))),
        verdict=_verdict(statistic, threshold),
    )


def _verdict(statistic, threshold):
    if abs(statistic) <= threshold:
        return NO_SIGN
    return MEMORIZES if statistic < 0 else UNDERFITS
