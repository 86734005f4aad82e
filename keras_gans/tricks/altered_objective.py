"""Objectives with something changed, and the two halves of D's loss."""

from keras import ops


class AlteredObjective:
    """Everything is as in `objective`, but what a subclass changes."""

    def __init__(self, objective):
        self._objective = objective

    def __getattr__(self, name):
        return getattr(self._objective, name)

    def discriminator_loss(self, real_scores, fake_scores):
        return self._objective.discriminator_loss(real_scores, fake_scores)


def loss_as_real(objective, scores):
    """What D pays per example for taking the scores' images as real: L_D(scores, u) - L_D(u, u) / 2.

    u is the score of an undecided D; the halves of D's loss are equal there. This is for objectives whose D loss is a
    sum of a term of the real and a term of the fake score.
    """
    undecided = ops.full_like(scores, objective.undecided_score)
    both = objective.discriminator_loss(undecided, undecided)
    return objective.discriminator_loss(scores, undecided) - 0.5 * both


def loss_as_fake(objective, scores):
    """What D pays per example for taking the scores' images as generated: L_D(u, scores) - L_D(u, u) / 2."""
    undecided = ops.full_like(scores, objective.undecided_score)
    both = objective.discriminator_loss(undecided, undecided)
    return objective.discriminator_loss(undecided, scores) - 0.5 * both


def check_has_halves(trick, objective):
    """Refuses an objective whose loss of one score depends on other scores."""
    if objective.compares_batches:
        raise ValueError(
            f"Expected an objective that judges real and generated images apart for the trick "
            f"{trick.registered_name!r}, received: {objective.registered_name!r}, which compares them."
        )
