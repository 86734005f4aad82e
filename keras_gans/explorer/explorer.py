"""What the page shows, without the page."""

import numpy as np

from keras_gans import latent_space
from keras_gans.latent_space import drawing
from keras_gans.latent_space.sheet import Sheet
from keras_gans.latents import Truncated

_COLUMNS = 8


class Explorer:
    """Sheets of images of one model.

    Args:
        model: a game, or a `Served` one.
        name: what the page calls it.
        real: uint8 images `(m, H, W, C)` to look for neighbours in, or a function that gives them when they are first
            asked for; None for none.
    """

    def __init__(self, model, name, real=None):
        self.model = model
        self.name = name
        self.num_classes = model.num_classes if "generator" in model.takes_labels else None
        truncated = model.latents.registered_name == Truncated.registered_name
        self.widest = model.latents.threshold if truncated else None
        """The largest threshold of truncation; None where latents are not truncated."""
        self.has_real = real is not None
        self._real = real

    def samples(self, seed, count, label=None, threshold=None):
        """`Sheet` of the samples of `seed`, `seed + 1`, ...

        Args:
            seed: the first.
            count: how many; beyond one row, it is rounded up to full rows of 8.
            label: a class, or None for all in turn.
            threshold: of the latents, up to `widest`; None for the model's own.
        """
        rows, columns = (1, int(count)) if count <= _COLUMNS else (-(-int(count) // _COLUMNS), _COLUMNS)
        seeds = range(int(seed), int(seed) + rows * columns)
        prior = None if threshold is None else Truncated(threshold)
        latents = drawing.latents_of(self.model, seeds, prior)[:, None]
        drawn = drawing.draw(self.model, latents, drawing.labels_of(self.model, seeds, label))
        return Sheet(drawn.images.reshape(rows, columns, *drawn.images.shape[2:]))

    def interpolation(self, first, last, steps, path="spherical", label=None):
        """`Sheet` of one row from the sample of one seed to that of another."""
        seeds = [int(first), int(last)]
        return latent_space.interpolate(self.model, seeds, steps=int(steps), path=path, labels=label)

    def neighbours(self, seed, rows, label=None):
        """`Sheet` of samples, with the nearest real image beside the last one of each row."""
        seeds = range(int(seed), int(seed) + int(rows) * _COLUMNS)
        return latent_space.beside_neighbours(self.model, self.real(), seeds, _COLUMNS, label)

    def real(self):
        """The real images, loaded once."""
        if callable(self._real):
            self._real = np.asarray(self._real())
        return self._real
