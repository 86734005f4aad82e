"""How many classes a classifier finds among the samples."""

from scipy.special import softmax

from keras_gans.metrics.arrays import as_features
from keras_gans.metrics.metric import EvaluationMetric
from keras_gans.registry import register


def classes_found(logits, share=0.1):
    """The number of classes that are among the samples; fewer than there are is a collapse that one can name.

    A class is there when the classifier is sure of it, p(y|x) > 1/2, for at least `share` of the n / classes samples
    that it would have if all were equally frequent. So neither images that look like nothing nor a few slips of the
    classifier count as a class.

    Args:
        logits: `(n, classes)`, before the softmax.
        share: of the even number of samples, in (0, 1].

    Returns:
        The number, an integer from 0 to the number of classes.

    Reference: a count of modes by a classifier as in Srivastava et al., 2017, arXiv:1705.07761; the share is ours.
    """
    if not 0 < share <= 1:
        raise ValueError(f"Expected a share above 0 and at most 1, received: share={share!r}")
    logits = as_features(logits, "logits")
    sure = (softmax(logits, axis=1) > 0.5).sum(axis=0)
    return int((sure >= share * len(logits) / logits.shape[1]).sum())


@register("classes")
class Classes(EvaluationMetric):
    """Classes that are among the generated images: `classes`, higher is better.

    Args:
        extractor, name: as of `EvaluationMetric`.
        share: see `classes_found`.

    Reference: Srivastava et al., 2017, arXiv:1705.07761.
    """

    directions = {"classes": "higher"}
    reads = "logits"
    uses_reference = False

    def __init__(self, extractor=None, name=None, share=0.1, **kwargs):
        super().__init__(extractor, name, **kwargs)
        self.share = share

    def compute(self, real, generated):
        return {"classes": float(classes_found(generated, self.share))}, {}
