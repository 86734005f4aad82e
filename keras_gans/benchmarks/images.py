"""What the benchmarks on images share."""

import dataclasses

import numpy as np

from keras_gans import images
from keras_gans.benchmarks.protocol import Protocol


@dataclasses.dataclass(frozen=True)
class Images(Protocol):
    """Images of 28x28 pixels; a picture is a grid of 16 samples from the same seeds."""

    latent_dim = None

    def picture(self, game):
        return _rgb(images.grid(game.sample(16)))

    def target(self):
        return _rgb(images.grid(self.real(16)))

    def real(self, count):
        """`count` real images, uint8."""
        raise NotImplementedError


def _rgb(picture):
    return np.repeat(picture, 3, axis=-1) if picture.shape[-1] == 1 else picture
