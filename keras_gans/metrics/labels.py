"""Whether samples are of the class that was asked for."""

import numpy as np

from keras_gans.metrics.arrays import as_features
from keras_gans.metrics.metric import EvaluationMetric
from keras_gans.registry import register


def label_accuracy(asked, seen):
    """How well a conditional generator obeys, as a classifier sees it. Higher is better, shares in [0, 1].

        accuracy = share of samples that the classifier takes for the class that was asked for
        lowest   = the same share of the class that is obeyed least

    A perfect generator scores what the classifier scores on real images. Of ACGAN's paper, which calls it
    discriminability; variety within a class is not seen.

    Args:
        asked: classes that were asked for, integers `(n,)`.
        seen: classes that the classifier sees, integers `(n,)`.

    Returns:
        `(accuracy, lowest)`, floats.

    Reference: Odena et al., 2016, arXiv:1610.09585, section 4.1.
    """
    hits = np.asarray(asked) == np.asarray(seen)
    _, classes = np.unique(asked, return_inverse=True)
    of_each = np.bincount(classes, weights=hits) / np.bincount(classes)
    return float(hits.mean()), float(of_each.min())


@register("labels")
class Labels(EvaluationMetric):
    """Obedience to labels: `label_accuracy` and `lowest_label_accuracy`, higher is better.

    Args:
        extractor: as of `EvaluationMetric`; with one, batches are pairs of images and the classes asked for, without
            one rows `(asked, seen)`.
        name: as of `EvaluationMetric`.

    Reference: Odena et al., 2016, arXiv:1610.09585, section 4.1.
    """

    directions = {"label_accuracy": "higher", "lowest_label_accuracy": "higher"}
    reads = "labels"
    uses_reference = False

    def compute(self, real, generated):
        accuracy, lowest = label_accuracy(generated[:, 0], generated[:, 1])
        return {"label_accuracy": accuracy, "lowest_label_accuracy": lowest}, {}

    def _read(self, batch):
        if self.extractor is None:
            return _pairs(super()._read(batch))
        images, asked = batch
        return asked_and_seen(asked, self._activations(images).logits)


def asked_and_seen(asked, logits):
    """Rows `(asked, seen)` of a batch: what this metric reads."""
    asked, logits = np.asarray(asked), as_features(logits, "logits")
    if asked.shape != (len(logits),) or asked.min() < 0 or asked.max() >= logits.shape[1]:
        raise ValueError(
            f"Expected {len(logits)} classes from 0 to {logits.shape[1] - 1}, which the extractor knows, received: "
            f"{asked!r}"
        )
    return np.stack([asked, logits.argmax(axis=1)], axis=1)


def _pairs(rows):
    if rows.shape[1] != 2:
        raise ValueError(f"Expected rows of the class asked for and the class seen, received: shape={rows.shape}")
    return rows
