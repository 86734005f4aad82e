"""Labels that are wrong now and then."""

import keras
from keras import ops

from keras_gans.registry import register
from keras_gans.tricks.altered_objective import AlteredObjective
from keras_gans.tricks.trick import Trick, check_schedule, scheduled


@register("flipped_labels")
class FlippedLabels(Trick):
    """D is told of some pairs of a real and a generated image that they are the other way round.

        for a row k with probability p, in D's loss:    L_D(d(x_k), d(G(z_k)))  ->  L_D(d(G(z_k)), d(x_k))

    A D that is told so pays dearly for being sure. G's loss and D's penalties stay as they are.

        p -> share

    Args:
        share: probability of a flip, a number in [0, 1] or a schedule of D's step.

    Reference: Chintala et al., 2016, How to train a GAN? (NIPS workshop on adversarial training), tip 6.
    """

    def __init__(self, share=0.05):
        check_schedule("share", share)
        if not callable(share) and share > 1:
            raise ValueError(f"Expected a share of at most 1, received: share={share!r}")
        self.share = share

    def objective(self, model, objective):
        return _Flipped(objective, self, model)


class _Flipped(AlteredObjective):
    def __init__(self, objective, trick, model):
        super().__init__(objective)
        self._trick, self._model = trick, model

    def discriminator_loss(self, real_scores, fake_scores):
        shape = (ops.shape(real_scores)[0], *[1] * (len(real_scores.shape) - 1))
        draw = keras.random.uniform(shape, seed=self._model.seed_generator)
        flipped = draw < scheduled(self._trick.share, self._model)
        real, fake = real_scores, fake_scores
        return super().discriminator_loss(ops.where(flipped, fake, real), ops.where(flipped, real, fake))
