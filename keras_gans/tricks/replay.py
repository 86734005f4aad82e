"""A pool of past generated images."""

import keras
from keras import ops

from keras_gans.registry import register
from keras_gans.tricks.trick import Trick, first_rows


@register("replay")
class Replay(Trick):
    """D is reminded of what G made before, so that G cannot come back to an old trick that D has forgotten.

        D is shown  x  and  [ share n images from the pool,  (1 - share) n images of the present G ]
        then        the share n images that were not shown take the places in the pool of those that were

    The pool is filled by the first steps: where a place is still empty, the present image is shown. Images keep their
    latents, and in conditional games the pool has places for each class, so that every label stays right. The pool is
    saved with the model.

    Args:
        size: images in the pool, at least a batch (for each class, in conditional games, at least a batch's share).
        share: in (0, 1], of D's generated images that come from the pool; the paper's half.

    Reference: Shrivastava et al., 2016, arXiv:1612.07828, section 2.3.
    """

    def __init__(self, size=512, share=0.5):
        if not (isinstance(size, int) and size >= 1):
            raise ValueError(f"Expected an integer of at least 1, received: size={size!r}")
        if not 0.0 < share <= 1.0:
            raise ValueError(f"Expected a number in (0, 1], received: share={share!r}")
        self.size = size
        self.share = share

    def build(self, model):
        self.classes = model.num_classes if "generator" in model.takes_labels else 1
        self.places = self.size // self.classes
        if self.places == 0:
            raise ValueError(f"Expected a place for each of {self.classes} classes, received: size={self.size}")
        self.images = self.remember("images", (self.size, *model.image_shape))
        self.latents = self.remember("latents", (self.size, model.latent_dim))
        self.filled = self.remember("filled", (self.size,), dtype="bool")

    def shown(self, model, player, shown):
        if player == "generator":
            return shown
        slots = self._slots(model, shown)
        leaving = first_rows(shown.fake, self.share)
        coming = ops.logical_and(leaving, ops.reshape(ops.take(self.filled, slots), leaving.shape))
        fake = self._exchange(self.images, slots, shown.fake, leaving, coming)
        flat = (-1, 1)
        leaving, coming = ops.reshape(leaving, flat), ops.reshape(coming, flat)
        latents = self._exchange(self.latents, slots, shown.latents, leaving, coming)
        filled = ops.logical_or(ops.take(self.filled, slots), leaving[:, 0])
        self.filled.assign(ops.scatter_update(self.filled, slots[:, None], filled))
        return shown._replace(fake=fake, latents=latents)

    def _slots(self, model, shown):
        """A place in the pool for each row `(batch,)`: of its class, and another one for each row if there are enough.

        The rows of a class take its places in a random order.
        """
        count = ops.shape(shown.fake)[0]
        classes = shown.labels if self.classes > 1 else ops.zeros((count,), "int32")
        member = ops.one_hot(classes, self.classes, dtype="int32")
        rank = ops.sum((ops.cumsum(member, axis=0) - 1) * member, axis=-1)
        order = ops.argsort(keras.random.uniform((self.places,), seed=model.seed_generator))
        return classes * self.places + ops.cast(ops.take(order, rank % self.places), "int32")

    def _exchange(self, pool, slots, rows, leaving, coming):
        """Puts the `leaving` rows into the pool and returns the rows, those `coming` from the pool among them."""
        past = ops.take(pool, slots, axis=0)
        kept = ops.where(leaving, ops.cast(rows, pool.dtype), past)
        pool.assign(ops.scatter_update(pool, slots[:, None], kept))
        return ops.where(coming, ops.cast(past, rows.dtype), rows)
