"""From an image back to a latent."""

import dataclasses

import numpy as np

from keras_gans.latent_space import drawing
from keras_gans.latent_space.sheet import Sheet
from keras_gans.metrics.latent_inversion import LatentInversion

_BOUNDS = {"uniform": (-1.0, 1.0)}


@dataclasses.dataclass(frozen=True)
class Inversion(Sheet):
    """Images over what their latents give: two rows, the images and their reconstructions.

    Args:
        found: the latents `(n, latent_dim)`.
        distances: squared distances `(n,)` of pixels in [0, 1] between the two.
    """

    found: np.ndarray | None = None
    distances: np.ndarray | None = None


def invert(model, images, labels=None, steps=200, restarts=4, learning_rate=0.1, seed=0):
    """The latents whose images come nearest to given ones, by gradient descent from several starts.

    An image that the generator can make is found again; of another one, what comes out is what the generator makes
    of it.

    Args:
        model: a game (a server gives no gradients).
        images: uint8 `(n, height, width, channels)`.
        labels: one class, or one for each image, for a conditional generator.
        steps, restarts, learning_rate, seed: see `keras_gans.metrics.LatentInversion`.

    Returns:
        `Inversion`.

    Reference: Creswell and Bharath, 2018, arXiv:1611.05644.
    """
    images = np.asarray(images)
    if images.shape[1:] != tuple(model.image_shape):
        raise ValueError(f"Expected images of shape (n, *{tuple(model.image_shape)}), received: {images.shape}")
    labels = drawing.labels_of(model, range(len(images)), labels)
    search = LatentInversion(
        model.averaged_generator(),
        model.latents,
        bounds=_BOUNDS.get(model.latents.registered_name),
        steps=steps,
        restarts=restarts,
        learning_rate=learning_rate,
        batch_size=64,
        seed=seed,
    )
    found, distances = search.find(images, labels)
    recovered = drawing.to_pixels(model.generate(found, labels))
    return Inversion(np.stack([images, recovered]), found=found, distances=distances)
