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
        generator: `keras.Model` from latents `(batch, latent_dim)` to images in [-1, 1], e.g.
            `model.averaged_generator()`.
        latents: the prior, a `Latents`; its samples are the starts.
        bounds: `(low, high)` of the prior's box, (-1, 1) for uniform latents; None for unbounded ones.
        steps: Adam steps per start.
        restarts: starts per image.
        learning_rate: of Adam.
        batch_size: images that are inverted together.
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

    def __call__(self, images):
        """The smallest squared distances `(n,)` of pixels in [0, 1], to uint8 images `(n, H, W, C)`."""
        images = as_images(images)
        return np.min([self._descend(images, starts) for starts in self._starts(len(images))], axis=0)

    def _starts(self, count):
        """One set of latents `(count, latent_dim)` for each restart; an image's depend on its number alone."""
        seeds = np.random.default_rng(self.seed).integers(2**31, size=(count, self.restarts))
        return [self.latents.from_seeds(column, self.generator.input_shape[-1]) for column in seeds.T]

    def _descend(self, images, starts):
        parts = [slice(first, first + self.batch_size) for first in range(0, len(images), self.batch_size)]
        return np.concatenate([self._descend_batch(images[part], starts[part]) for part in parts])

    def _descend_batch(self, images, starts):
        targets, z = ops.convert_to_tensor(to_float(images)), keras.Variable(starts)
        optimizer = keras.optimizers.Adam(self.learning_rate, epsilon=1e-8)
        optimizer.build([z])
        best = np.full(len(images), np.inf)
        for _ in range(self.steps):
            best = np.minimum(best, self._step(targets, z, optimizer))
        return np.minimum(best, ops.convert_to_numpy(self._distances(targets, z)))

    def _step(self, targets, z, optimizer):
        """Moves z; returns the distances that it had before."""
        seen = []

        def loss():
            seen.append(self._distances(targets, z))
            return ops.sum(seen[0])

        _, gradients = backend.value_and_gradients(loss, [z])
        optimizer.apply(gradients, [z])
        if self.bounds is not None:
            z.assign(ops.clip(z.value, *self.bounds))
        return ops.convert_to_numpy(ops.stop_gradient(seen[0]))

    def _distances(self, targets, z):
        # From [-1, 1] to [0, 1] pixels shrink by 2, so squared distances by 4.
        squares = ops.square(self.generator(z.value, training=False) - targets) / 4.0
        return ops.sum(squares, axis=(1, 2, 3))
