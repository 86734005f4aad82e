"""The Inception score."""

import numpy as np
from scipy.special import log_softmax

from keras_gans.metrics.arrays import as_features, check_positive_integer
from keras_gans.metrics.metric import EvaluationMetric
from keras_gans.registry import register


def inception_score(logits, splits=10, seed=0):
    """The Inception score of Salimans et al., from a classifier's logits; with an MNIST classifier the MNIST score.

        IS = exp(mean_x KL(p(y|x) || p(y))),   p(y) = mean_x p(y|x)

    Higher is better: 1 (all images look alike to the classifier) to the number of classes (each image is surely of
    one class, all classes equally often). It knows no real images, so it sees neither memorization nor, within a
    class, a lack of variety. It is biased downwards for small splits.

    Rows are shuffled before they are split, since samples that are sorted by class would score 1 in each split.

    Args:
        logits: `(n, classes)`, before the softmax: log p(y|x) stays finite where p(y|x) rounds to 0.
        splits: number of parts that are scored apart, from 1 to n; the paper's 10.
        seed: of the shuffling.

    Returns:
        `(mean, standard deviation)` over the splits, floats; None instead of the deviation of a single split.

    Raises:
        TypeError, ValueError: for logits that are not a finite real array `(n, classes)`, or more splits than rows.

    Reference: Salimans et al., 2016, arXiv:1606.03498.
    """
    check_positive_integer(splits=splits)
    logits = as_features(logits, "logits", minimum=splits)
    shuffled = np.random.default_rng(seed).permutation(logits)
    scores = [_score(part) for part in np.array_split(shuffled, splits)]
    return float(np.mean(scores)), float(np.std(scores)) if splits > 1 else None


def _score(logits):
    log_conditional = log_softmax(logits, axis=1)
    conditional = np.exp(log_conditional)
    marginal = conditional.mean(axis=0)
    # A class that no image has any probability of adds 0 to each divergence: 0 log 0 = 0.
    log_marginal = np.log(marginal, out=np.zeros_like(marginal), where=marginal > 0)
    return np.exp(np.sum(conditional * (log_conditional - log_marginal), axis=1).mean())


@register("is")
class InceptionScore(EvaluationMetric):
    """Inception score of the generated images: `is`, higher is better.

    Args:
        extractor, name: as of `EvaluationMetric`.
        splits: number of parts that are scored apart, or the number of images where there are fewer.
        seed: of the shuffling.

    Reference: Salimans et al., 2016, arXiv:1606.03498.
    """

    directions = {"is": "higher"}
    reads = "logits"
    uses_reference = False

    def __init__(self, extractor=None, name=None, splits=10, seed=0, **kwargs):
        super().__init__(extractor, name, **kwargs)
        self.splits = splits
        self.seed = seed

    def compute(self, real, generated):
        mean, spread = inception_score(generated, splits=min(self.splits, len(generated)), seed=self.seed)
        return {"is": mean}, {} if spread is None else {"is": spread}
