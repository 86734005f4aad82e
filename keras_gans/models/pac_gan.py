"""Packing: a discriminator that judges several examples at once."""

import functools

import keras
from keras import ops

from keras_gans.models.adversarial import AdversarialModel
from keras_gans.objectives.non_saturating import NonSaturating
from keras_gans.registry import register


@register("pac_gan")
class PacGAN(AdversarialModel):
    """D judges packs of m examples that are all real or all generated: in a pack, a lack of variety shows.

        D minimises  -log D(x_1, ..., x_m) - log(1 - D(G(z_1), ..., G(z_m)))
        G minimises  -log D(G(z_1), ..., G(z_m))                      where D = sigmoid(score)

    Two independent draws of a G that has lost a mode look alike more often than two real examples do, so packing
    punishes collapse. The m examples of a pack are concatenated along their channels (features, for flat data); only
    D's first layer grows, and G is the plain one. A batch of `n` examples makes n / m packs; the paper keeps the number
    of packs, so m times as many examples. Penalties judge packs too: one gradient norm for a pack.

        m -> packing

    Args:
        generator: makes single examples of shape `(height, width, channels)` or `(features,)`.
        discriminator: judges packs of shape `(height, width, packing * channels)` or `(packing * features,)`.
        packing: examples in a pack, an integer >= 1; with 1 this is `NSGAN`.
        **kwargs: `latents`, `seed` and `name`, see `AdversarialModel`.

    Reference: Lin et al., 2018, arXiv:1712.04086 (images: Adam 2e-4, beta_1 0.5; points: 1e-4, 0.8).
    """

    def __init__(self, generator, discriminator, packing=2, latents="normal", seed=0, **kwargs):
        if isinstance(packing, bool) or not isinstance(packing, int) or packing < 1:
            raise ValueError(f"Expected an integer of at least 1, received: packing={packing!r}")
        # Before the networks are checked against each other.
        self.packing = packing
        self.judged_shape = functools.partial(type(self).judged_shape, packing=packing)
        super().__init__(generator, discriminator, latents=latents, seed=seed, **kwargs)

    @staticmethod
    def recipe():
        return {
            "objective": NonSaturating(),
            "generator_optimizer": keras.optimizers.Adam(2e-4, beta_1=0.5),
            "discriminator_optimizer": keras.optimizers.Adam(2e-4, beta_1=0.5),
        }

    @staticmethod
    def judged_shape(image_shape, packing=2, **model):
        """The shape of a pack."""
        return (*image_shape[:-1], packing * image_shape[-1])

    def get_config(self):
        return {**super().get_config(), "packing": self.packing}

    def judge(self, images, labels=None):
        return super().judge(self.packed(images), labels)

    def judge_as_opponent(self, images, labels=None, network=None):
        return super().judge_as_opponent(self.packed(images), labels, network)

    def penalty(self, penalty, real, fake, labels=None):
        return super().penalty(penalty, self.packed(real), self.packed(fake), labels)

    def packed(self, images):
        """Packs `(n / packing, ..., packing * channels)` of examples `(n, ..., channels)`; packs stay as they are.

        Neighbours make a pack, so that replicas, which get a part of the batch each, make the packs of the whole.
        """
        if tuple(images.shape[1:]) == self.judged_shape(self.image_shape):
            return images
        count = images.shape[0]
        if count is not None and count % self.packing:
            raise ValueError(f"Expected a multiple of packing={self.packing} examples, received: {count}")
        packs = ops.reshape(images, (-1, self.packing, *self.image_shape))
        return ops.concatenate([packs[:, index] for index in range(self.packing)], axis=-1)
