"""The latents whose image comes nearest to a given one."""

import keras
import numpy as np
from keras import ops

from keras_gans import backend
from keras_gans.images import to_float
from keras_gans.metrics.arrays import as_images, check_positive_integer


class LatentInversion:
    """Finds min over z of |x - G(z)|^2 by gradient descent on z, from several starts.

        z <- Adam step on sum over pixels (x - G(z))^2,   clipped to `bounds`

    The smallest distance on the way counts; lower is better. It is an upper bound of the true minimum: report the
    budget with a recall that rests on it. An image's distance does not depend on `batch_size`.

    Args:
        generator: `keras.Model` from latents `(batch, latent_dim)`, and labels if it takes them, to images in [-1, 1],
            e.g. `model.averaged_generator()`.
        latents: the prior, a `Latents`; its samples are the starts.
        bounds: `(low, high)` of the prior's box, (-1, 1) for uniform latents; None for unbounded ones.
        steps: Adam steps per start.
        restarts: starts per image.
        learning_rate: of Adam.
        batch_size: starts that are followed together.
        seed: of the starts.

    Reference: Lucic et al., 2018, arXiv:1711.10337 (recall); Creswell and Bharath, 2018, arXiv:1611.05644.
    """

    def __init__(
        self,
        generator,
        latents,
        bounds=None,
        steps=500,
        restarts=4,
        learning_rate=0.05,
        batch_size=256,
        seed=0,
    ):
        check_positive_integer(steps=steps, restarts=restarts, batch_size=batch_size)
        self.generator = generator
        self.latents = latents
        self.bounds = bounds
        self.steps = steps
        self.restarts = restarts
        self.learning_rate = learning_rate
        self.batch_size = batch_size
        self.seed = seed

    def __call__(self, images, labels=None):
        """The smallest squared distances `(n,)` of pixels in [0, 1], to uint8 images `(n, H, W, C)`."""
        return self.find(images, labels)[1]

    def find(self, images, labels=None):
        """`(latents, distances)`, float32 `(n, latent_dim)` and `(n,)`: the nearest that were met, and how near.

        Args:
            images: uint8 `(n, H, W, C)`.
            labels: their classes `(n,)`, for a generator that takes them.
        """
        images = as_images(images)
        starts = self._starts(len(images))
        rows = np.repeat(np.arange(len(images)), self.restarts)
        found = []
        for first in range(0, len(rows), self.batch_size):
            part = slice(first, first + self.batch_size)
            told = [] if labels is None else [ops.convert_to_tensor(np.asarray(labels)[rows[part]])]
            found.append(self._descend(images[rows[part]], starts[part], told))
        latents, distances = (np.concatenate(parts) for parts in zip(*found))
        best = distances.reshape(len(images), self.restarts).argmin(axis=1) + np.arange(len(images)) * self.restarts
        return latents[best], distances[best]

    def _starts(self, count):
        """Latents `(count * restarts, latent_dim)`, image by image; an image's depend on its number alone."""
        seeds = np.random.default_rng(self.seed).integers(2**31, size=count * self.restarts)
        return ops.convert_to_numpy(self.latents.from_seeds(seeds, self.generator.inputs[0].shape[-1]))

    def _descend(self, images, starts, told):
        """The best latents and their distances, one of each for every start."""
        targets, z = ops.convert_to_tensor(to_float(images)), keras.Variable(starts)
        optimizer = keras.optimizers.Adam(self.learning_rate, epsilon=1e-8)
        optimizer.build([z])
        best, best_distances = starts.copy(), ops.convert_to_numpy(self._distances(targets, z, told))
        for _ in range(self.steps):
            self._step(targets, z, told, optimizer)
            distances = ops.convert_to_numpy(self._distances(targets, z, told))
            nearer = distances < best_distances
            best[nearer] = ops.convert_to_numpy(z)[nearer]
            best_distances = np.minimum(best_distances, distances)
        return best, best_distances

    def _step(self, targets, z, told, optimizer):
        # At inference rows are independent: the sum's gradient is each row's own.
        _, gradients = backend.value_and_gradients(lambda: ops.sum(self._distances(targets, z, told)), [z])
        optimizer.apply(gradients, [z])
        if self.bounds is not None:
            z.assign(ops.clip(z.value, *self.bounds))

    def _distances(self, targets, z, told):
        images = self.generator([z.value, *told] if told else z.value, training=False)
        # From [-1, 1] to [0, 1] pixels shrink by 2, so squared distances by 4.
        return ops.sum(ops.square(ops.cast(images, "float32") - targets) / 4.0, axis=(1, 2, 3))
