"""Noise on what the discriminator sees."""

import keras
from keras import ops

from keras_gans.registry import register
from keras_gans.tricks.trick import Trick, check_schedule, scheduled


@register("instance_noise")
class InstanceNoise(Trick):
    """D sees all images through noise, so that real and generated ones overlap and D cannot be perfect.

        D is shown  x + s_t e  and  G(z) + s_t e',       e, e' ~ N(0, I)
        G shows     G(z) + s_t e''

    Two distributions on thin manifolds have supports that hardly meet: the best D separates them and G's gradient
    vanishes. Convolved with a normal density they overlap everywhere. s_t, at D's step t, is usually let go to 0.

        s_t -> stddev

    Args:
        stddev: in units of the images' range [-1, 1], a number of at least 0 or a schedule, such as
            `keras.optimizers.schedules.PolynomialDecay(0.1, 10_000, end_learning_rate=0.0)`.
        real_only: put noise on real images alone.

    Reference: Arjovsky and Bottou, 2017, arXiv:1701.04862, section 3; Sønderby et al., 2017, arXiv:1610.04490.
    """

    def __init__(self, stddev=0.1, real_only=False):
        check_schedule("stddev", stddev)
        self.stddev = stddev
        self.real_only = real_only

    def shown(self, model, player, shown):
        fake = shown.fake if self.real_only else self._noisy(model, shown.fake)
        return shown._replace(real=self._noisy(model, shown.real), fake=fake)

    def _noisy(self, model, images):
        noise = keras.random.normal(ops.shape(images), dtype="float32", seed=model.seed_generator)
        return images + ops.cast(scheduled(self.stddev, model) * noise, images.dtype)
