"""Labels between real and generated."""

import keras
from keras import ops

from keras_gans.registry import register
from keras_gans.tricks.altered_objective import AlteredObjective, check_has_halves, loss_as_fake, loss_as_real
from keras_gans.tricks.trick import Trick


@register("soft_labels")
class SoftLabels(Trick):
    """D is not told "real" and "generated" but, of each image, how real to take it: a random number y.

        D minimises  y L_real(d(x)) + (1 - y) L_fake(d(x)) + y' L_real(d(G(z))) + (1 - y') L_fake(d(G(z)))
        y ~ U(real),  y' ~ U(fake), drawn for each image anew

    L_real and L_fake are the two halves of the objective's loss of D, so that the trick goes with every objective that
    has them. For cross entropies this is the loss with the target y; for least squares it has the gradient of the
    target y b + (1 - y) a, where b and a are the targets of real and generated images; for a Wasserstein critic an
    image weighs 2 y - 1. Random labels are flipped labels, taken in the mean.

        y, y' -> real, fake

    Args:
        real: range of y, two numbers in [0, 1]; above the range of y'. (0.9, 0.9) is Salimans et al.'s smoothing.
        fake: range of y', two numbers in [0, 1]; (0, 0) smooths one side only, as they recommend.

    Reference: Salimans et al., 2016, arXiv:1606.03498, section 3.4; Chintala et al., 2016, How to train a GAN?, tip 6.
    """

    def __init__(self, real=(0.7, 1.0), fake=(0.0, 0.3)):
        if not 0.0 <= fake[0] <= fake[1] < real[0] <= real[1] <= 1.0:
            raise ValueError(
                f"Expected ranges in [0, 1], that of fake below that of real, received: real={real!r}, fake={fake!r}"
            )
        self.real = tuple(real)
        self.fake = tuple(fake)

    def objective(self, model, objective):
        check_has_halves(self, objective)
        return _Softened(objective, self, model)


class _Softened(AlteredObjective):
    def __init__(self, objective, trick, model):
        super().__init__(objective)
        self._trick, self._model = trick, model

    def discriminator_loss(self, real_scores, fake_scores):
        return self._loss(real_scores, self._trick.real) + self._loss(fake_scores, self._trick.fake)

    def _loss(self, scores, labels):
        shape = (ops.shape(scores)[0], *[1] * (len(scores.shape) - 1))
        real = keras.random.uniform(shape, *labels, seed=self._model.seed_generator)
        return real * loss_as_real(self._objective, scores) + (1.0 - real) * loss_as_fake(self._objective, scores)
