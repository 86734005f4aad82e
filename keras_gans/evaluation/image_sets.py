"""Where images that are scored come from: a model, a folder, a data set, an array."""

import hashlib

import numpy as np

from keras_gans.data.loading import MEMORY_LIMIT, find
from keras_gans.data.resizing import size_pair

_SELECTION_SEED = 0


class ModelSamples:
    """Samples of a game: image k of run r has the seed `seed + r * count + k`.

    Args:
        model: has `sample(seeds=[...])` -> uint8 `(n, height, width, channels)`, and `image_shape`.
        seed: the first seed.
        name: what results call it.
        training_seed: the one that the model was trained with, where it is known.
    """

    def __init__(self, model, seed=0, name=None, training_seed=None):
        self.model = model
        self.seed = seed
        self.name = name or getattr(model, "name", type(model).__name__)
        self.training_seed = training_seed

    def batches(self, count, batch_size, run=0):
        """uint8 batches, `count` images in all."""
        seeds = self._seeds(count, run)
        for start in range(0, count, batch_size):
            yield self.model.sample(seeds=seeds[start : start + batch_size])

    def labels(self, count, run=0):
        """The classes that `sample` was asked for: every class equally often.

        Raises:
            ValueError: for a model that takes no labels.
        """
        if "generator" not in getattr(self.model, "takes_labels", ()):
            raise ValueError(f"Expected a conditional model to ask for labels, received: {self.name}")
        return np.asarray(self._seeds(count, run)) % self.model.num_classes

    def describe(self, count, runs):
        """What a result says about them."""
        trained = {} if self.training_seed is None else {"training_seed": self.training_seed}
        return {"source": self.name, "seeds": [self.seed, self.seed + runs * count], **trained}

    def _seeds(self, count, run):
        first = self.seed + run * count
        return range(first, first + count)


class StoredImages:
    """Images of anything that `keras_gans.data` reads: a folder, the name of a data set, `.npz`, an array.

    Of more images than asked for, the rows are a random choice without replacement, always the same for equal
    numbers: folders may be sorted by class. They are in the order of the source.

    Args:
        data: what `keras_gans.data.arrays` takes.
        split: its split.
        image_size: resize to `(height, width)`, or None.
    """

    def __init__(self, data, split="train", image_size=None):
        source, size = find(data), size_pair(image_size)
        self.data = data
        self.name = data if isinstance(data, str) else str(source)
        self.split = split
        self.image_size = size
        if source.size_in_bytes(split, size) > MEMORY_LIMIT:
            self._read, self.total, _, self._labels = source.reader(split, size)
        else:
            images, self._labels = source.arrays(split, size)
            if images.ndim != 4:
                raise ValueError(f"Expected images, received: {source} of shape {images.shape}")
            self._read, self.total = images.__getitem__, len(images)

    def batches(self, count, batch_size, run=0):
        """uint8 batches, `count` images in all, the same in every run."""
        rows = self._rows(count)
        for start in range(0, count, batch_size):
            yield self._read(rows[start : start + batch_size])

    def labels(self, count, run=0):
        """The classes of the same `count` images.

        Raises:
            ValueError: where the source has none.
        """
        if self._labels is None:
            raise ValueError(f"Expected labelled images, received: {self.name}")
        return np.asarray(self._labels)[self._rows(count)]

    def pick(self, count):
        """The same `count` images as one array."""
        return self._read(self._rows(count))

    def describe(self, count, runs):
        """What a result says about them; more than one run is refused."""
        if runs > 1:
            raise ValueError(f"Expected a model for more than one run, received: {self.name}, whose images are fixed")
        return {"data": self.name, "split": self.split, "total": self.total, "sha256": self.digest(count)}

    def of_split(self, split):
        """The images of another split, or these."""
        return self if split == self.split else StoredImages(self.data, split, self.image_size)

    def digest(self, count):
        """sha256 of the shape and the pixels of the `count` images, hexadecimal."""
        digest = hashlib.sha256()
        for batch in self.batches(count, batch_size=1000):
            digest.update(repr(batch.shape[1:]).encode())
            digest.update(np.ascontiguousarray(batch).tobytes())
        return digest.hexdigest()

    def _rows(self, count):
        if count > self.total:
            raise ValueError(
                f"Expected at least {count:,} images in the split {self.split!r} of {self.name}, "
                f"received: {self.total:,}"
            )
        return np.sort(np.random.default_rng(_SELECTION_SEED).permutation(self.total)[:count])


def image_set(images, seed=0, split="train", image_size=None):
    """A model that can `sample` as `ModelSamples`, anything else as `StoredImages`."""
    if isinstance(images, (ModelSamples, StoredImages)):
        return images
    if hasattr(images, "sample"):
        return ModelSamples(images, seed)
    return StoredImages(images, split, image_size)


def default_split(data):
    """ "test" where a data set has such a split, else "train"."""
    return "test" if "test" in find(data).splits else "train"
