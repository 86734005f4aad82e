"""How different samples are from one another, with real ones as the measure."""

import numpy as np
from scipy.spatial.distance import pdist

from keras_gans.metrics.arrays import as_feature_pair


def diversity(samples, real):
    """Mean distance of two samples, divided by the mean distance of two real ones.

        mean_{i < j} ||s_i - s_j||  /  mean_{i < j} ||r_i - r_j||

    1 for samples as varied as real ones, 0 where all are alike. It sees that a generator has shrunk to one place or a
    few neighbouring ones, not that single modes are missing: two distant modes out of eight are as far apart as eight.

    Args:
        samples, real: `(n, d)`, n >= 2: pixels, points, or features of an extractor.
    """
    real, samples = as_feature_pair(real, samples, minimum=2)
    spread = pdist(real).mean()
    if spread == 0.0:
        raise ValueError("Expected real examples that differ from one another, received: equal ones")
    return float(pdist(samples).mean() / spread)


def flat(examples):
    """Images or points as float64 rows `(n, d)`."""
    examples = np.asarray(examples)
    return examples.reshape(len(examples), -1).astype("float64")
