"""The base of every objective: what each player minimises, as arithmetic on scores."""

from keras import ops

from keras_gans.registry import Component


class Objective(Component):
    """What the discriminator D and the generator G minimise.

    Scores are D's unbounded outputs: high for real, low for fake; never probabilities. Losses are per example: they
    keep the shape of the scores, `(batch,)`, `(batch, 1)` or `(batch, height, width, 1)`, and only the trainer takes
    the mean. A subclass writes `discriminator_loss` and `generator_loss` in `keras.ops` and is decorated with
    `@register("its_name")`.
    """

    noun = "objective"

    undecided_score = 0.0
    """The score of a discriminator that cannot tell real from fake."""
    saturates = False
    """Whether the generator's gradient vanishes where D is sure that a sample is fake."""
    needs_lipschitz = False
    """Whether the losses need a Lipschitz D: by a penalty, clipped weights or spectral normalization."""
    compares_batches = False
    """Whether a loss of one example depends on other examples, and the generator's loss on `real_scores`."""

    zero_sum = False
    """Whether G loses what D wins: as functions of the fakes' scores, the losses differ in sign only."""

    def discriminator_loss(self, real_scores, fake_scores):
        """What D minimises, per example, in the shape of the scores."""
        raise NotImplementedError

    def generator_loss(self, fake_scores, real_scores=None):
        """What G minimises, per example. `real_scores` is passed where `compares_batches` is true."""
        raise NotImplementedError


def cross_entropy(scores, target):
    """-target log D - (1 - target) log(1 - D) with D = sigmoid(scores), in the shape of the scores.

    Both softplus terms are kept: the shorter softplus(s) - target s cancels to zero, gradient and all, where D is sure.
    """
    return target * ops.softplus(-scores) + (1.0 - target) * ops.softplus(scores)
