"""From one sample to another."""

import numpy as np

from keras_gans.latent_space import drawing, paths


def interpolate(model, seeds, steps=9, path="spherical", labels=None):
    """Images on the way from seed to seed: row k goes from `seeds[k]` to `seeds[k + 1]`.

    A generator that has learned the data's shape, and not single examples, changes gradually from one image to
    another, and every image on the way is as good as its ends.

    Args:
        model: see `keras_gans.latent_space`.
        seeds: at least two.
        steps: images in a row, the two samples among them.
        path: "spherical", for latents around a sphere as those of N(0, I) in many dimensions; "linear", which stays
            in the box of uniform latents; or a function `(start, end, steps)` -> `(steps, dim)`.
        labels: one class, or one for each row, for a conditional generator: a row does not change its class. By
            default that of the row's first seed.

    Returns:
        `Sheet` of `(len(seeds) - 1, steps)` images, whose ends are `model.sample(seeds=seeds)`.

    Reference: Radford et al., 2015, arXiv:1511.06434, figure 4; White, 2016, arXiv:1609.04468.
    """
    seeds = drawing.checked_seeds(seeds, least=2)
    ends, way = drawing.latents_of(model, seeds), paths.get(path)
    latents = np.stack([way(start, end, steps) for start, end in zip(ends, ends[1:])])
    return drawing.draw(model, latents, drawing.labels_of(model, seeds[:-1], labels))
