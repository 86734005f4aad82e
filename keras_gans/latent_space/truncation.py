"""Fidelity against variety: samples from narrower and narrower latents."""

import numpy as np

from keras_gans.latent_space import drawing
from keras_gans.latents import Truncated

THRESHOLDS = (0.05, 0.25, 0.5, 1.0, 1.5, 2.0)
_GAUSSIAN = ("normal", "truncated")


def truncation_sweep(model, seeds, thresholds=THRESHOLDS, labels=None):
    """The same seeds under the truncation trick: each column has |z_i| <= its threshold.

    Small thresholds give the typical image again and again, large ones the whole variety.

    Args:
        model: see `keras_gans.latent_space`; its latents are "normal" or "truncated".
        seeds: of the rows.
        thresholds: of the columns, > 0, in standard deviations.
        labels: one class, or one for each seed, for a conditional generator.

    Returns:
        `Sheet` of `(len(seeds), len(thresholds))` images.

    Reference: Brock et al., 2018, arXiv:1809.11096, section 3.1.
    """
    if model.latents.registered_name not in _GAUSSIAN:
        raise ValueError(f"Expected latents that are {' or '.join(_GAUSSIAN)}, received: {model.latents}")
    seeds = drawing.checked_seeds(seeds)
    columns = [drawing.latents_of(model, seeds, prior=Truncated(threshold)) for threshold in thresholds]
    latents = np.stack(columns, axis=1)
    return drawing.draw(model, latents, drawing.labels_of(model, seeds, labels))
