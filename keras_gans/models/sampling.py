"""What a trained game gives: images from latents and from seeds."""

import numpy as np
from keras import ops

from keras_gans import images
from keras_gans.models import players


class Sampling:
    """The half of `AdversarialModel` that needs no training."""

    @property
    def latent_dim(self):
        return self.generator.inputs[0].shape[-1]

    @property
    def image_shape(self):
        return tuple(self.generator.output_shape[1:])

    def call(self, inputs, training=False):
        return self.generator(inputs, training=training)

    def averaged_generator(self):
        """A generator with the averaged weights, if `compile(ema_momentum=...)` keeps them, else G itself.

        Moving statistics of normalization layers are the live ones.
        """
        if not (self.compiled and players.unscaled(self.generator_optimizer).use_ema):
            return self.generator
        averaged = self.generator.__class__.from_config(self.generator.get_config())
        averaged.set_weights(self.generator.get_weights())
        averages = players.unscaled(self.generator_optimizer)._model_variables_moving_average
        for variable, average in zip(averaged.trainable_variables, averages):
            variable.assign(average)
        return averaged

    def generate(self, latents, labels=None, batch_size=128):
        """Images of the averaged generator at inference, float32 array in [-1, 1].

        Args:
            latents: `(n, latent_dim)`.
            labels: `(n,)` integers in [0, num_classes), for generators that take them; None is 0, 1, ..., 0, 1, ...
            batch_size: images made at once.
        """
        generator, labels = self.averaged_generator(), self._checked_labels(labels, range(len(latents)))
        parts = [slice(start, start + batch_size) for start in range(0, len(latents), batch_size)]
        inputs = [self.told("generator", latents[part], None if labels is None else labels[part]) for part in parts]
        return np.concatenate([ops.convert_to_numpy(generator(batch, training=False)) for batch in inputs])

    def sample(self, n=None, seed=0, seeds=None, labels=None):
        """Images from seeds: row k depends on its own seed and label only, on every backend.

        Args:
            n: number of images, from the seeds `seed, seed + 1, ..., seed + n - 1`.
            seed: first seed, an integer >= 0.
            seeds: the rows' seeds themselves, instead of `n` and `seed`.
            labels: for conditional games, one class for all rows or one for each; None is the seed modulo the number of
                classes: every class equally often.

        Returns:
            uint8 array `(n, height, width, channels)`; for flat data float32 `(n, features)`.
        """
        if (n is None) == (seeds is None):
            raise ValueError(f"Expected either n or seeds, received: n={n!r}, seeds={seeds!r}")
        seeds = list(range(seed, seed + n)) if seeds is None else list(seeds)
        if not seeds or min(seeds) < 0:
            raise ValueError(f"Expected at least one seed, each an integer of at least 0, received: {seeds!r}")
        latents = ops.convert_to_numpy(self.latents.from_seeds(seeds, self.latent_dim))
        outputs = self.generate(latents, self._checked_labels(labels, seeds))
        return ops.convert_to_numpy(images.to_uint8(outputs)) if len(self.image_shape) == 3 else outputs

    def _checked_labels(self, labels, seeds):
        """`(len(seeds),)` labels, or None where G takes none."""
        if "generator" not in self.takes_labels:
            if labels is not None:
                raise ValueError(
                    f"Expected no labels, since {type(self).__name__} is not conditional, received: {labels!r}"
                )
            return None
        if labels is None:
            return (np.asarray(seeds, dtype="int64") % self.num_classes).astype("int32")
        given = np.asarray(labels)
        valid = given.dtype.kind in "iu" and given.shape in ((), (len(seeds),))
        if not valid or given.min(initial=0) < 0 or given.max(initial=0) >= self.num_classes:
            raise ValueError(
                f"Expected one label or {len(seeds)} labels, integers from 0 to {self.num_classes - 1}, received: "
                f"{labels!r}"
            )
        return np.broadcast_to(given, (len(seeds),)).astype("int32")
