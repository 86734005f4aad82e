"""From seeds to latents and from latents to images, for every tool alike."""

import numpy as np
from keras import ops

from keras_gans.images import to_uint8
from keras_gans.latent_space.sheet import Sheet


def latents_of(model, seeds, prior=None):
    """float32 `(n, latent_dim)`: what `model.sample(seeds=seeds)` draws its images from, or the same under another
    prior."""
    prior = prior or model.latents
    return ops.convert_to_numpy(prior.from_seeds(checked_seeds(seeds), model.latent_dim))


def checked_seeds(seeds, least=1):
    """`seeds` as a list of at least `least` integers of at least 0."""
    seeds = list(seeds)
    if len(seeds) < least or min(seeds, default=0) < 0:
        raise ValueError(f"Expected at least {least} seeds, each an integer of at least 0, received: {seeds!r}")
    return seeds


def labels_of(model, seeds, labels=None):
    """One class for each seed, by default the one that `sample` gives it; None for a generator without classes."""
    if "generator" not in model.takes_labels:
        if labels is not None:
            raise ValueError(f"Expected no labels for a generator that takes none, received: labels={labels!r}")
        return None
    given = np.asarray(seeds) % model.num_classes if labels is None else np.asarray(labels)
    if given.shape not in ((), (len(seeds),)):
        raise ValueError(f"Expected one label or {len(seeds)}, one for each row, received: labels={labels!r}")
    return np.broadcast_to(given, (len(seeds),)).astype("int32")


def draw(model, latents, labels=None, framed=()):
    """The `Sheet` of latents `(rows, columns, latent_dim)`; one class for each row, where the generator has them."""
    rows, columns, latent_dim = latents.shape
    if labels is not None:
        labels = np.repeat(labels, columns)
    images = to_pixels(model.generate(latents.reshape(-1, latent_dim), labels))
    return Sheet(images.reshape(rows, columns, *images.shape[1:]), latents, framed)


def to_pixels(outputs):
    """What a generator puts out, float `(n, height, width, channels)` in [-1, 1], as uint8."""
    if np.ndim(outputs) != 4:
        raise ValueError(f"Expected a generator of images, received: outputs of shape {np.shape(outputs)}")
    return ops.convert_to_numpy(to_uint8(outputs))
