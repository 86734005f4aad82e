"""The base of every feature extractor: uint8 images in, features and logits out, with an identity."""

from typing import NamedTuple

import numpy as np

from keras_gans.metrics.arrays import as_images


class Activations(NamedTuple):
    """What a network says about images.

    Args:
        features: float32 `(n, d)`.
        logits: float32 `(n, classes)`, or None where the network is no classifier.
    """

    features: np.ndarray
    logits: np.ndarray | None


class Extractor:
    """A fixed network that scores are measured with; scores of different extractors cannot be compared.

    A subclass sets `name`, `sha256` and `image_shape` and writes `activations`.
    """

    name = None
    sha256 = None
    """Hexadecimal digest of everything that the outputs depend on: graph and weights."""
    image_shape = (None, None, None)
    """(height, width, channels) that it takes; None where any size will do."""

    @property
    def identity(self):
        """`name@` and the first 12 digits of the sha256: part of every result."""
        return f"{self.name}@{self.sha256[:12]}"

    def __call__(self, images, batch_size=250):
        """`Activations` of uint8 images `(n, height, width, channels)`, computed `batch_size` at a time."""
        images = as_images(images)
        if any(wanted not in (None, side) for wanted, side in zip(self.image_shape, images.shape[1:], strict=True)):
            raise ValueError(
                f"Expected images of shape (n, {', '.join(str(side or 'any') for side in self.image_shape)}) for the "
                f"extractor {self.name}, received: shape={images.shape}"
            )
        batches = [self.activations(images[start : start + batch_size]) for start in range(0, len(images), batch_size)]
        features, logits = zip(*batches, strict=True)
        return Activations(np.concatenate(features), None if logits[0] is None else np.concatenate(logits))

    def activations(self, images):
        """`Activations` of one batch of uint8 images of the right shape."""
        raise NotImplementedError

    def __repr__(self):
        return f"{type(self).__name__}({self.identity})"


def scaled(images, input_range):
    """uint8 images as float32, 0..255 mapped to `input_range`."""
    low, high = input_range
    return images.astype(np.float32) * np.float32((high - low) / 255.0) + np.float32(low)


def flat(array):
    """An output as float32 `(n, d)`; maps of features are averaged over their places."""
    array = np.asarray(array, dtype=np.float32)
    if array.ndim == 4:
        return array.mean(axis=(1, 2))
    if array.ndim != 2:
        raise ValueError(f"Expected features (n, d) or maps (n, height, width, d), received: shape={array.shape}")
    return array
