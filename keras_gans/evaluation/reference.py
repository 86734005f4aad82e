"""The real images that samples are compared with."""

from keras_gans.evaluation.image_sets import StoredImages
from keras_gans.evaluation.reader import kind


class Reference:
    """What metrics need of real images: read once, then taken from memory or from the cache.

    Args:
        data: anything that `keras_gans.data.arrays` takes, or `StoredImages`.
        image_size: `(height, width)` that the images are resized to, or None.
        reader: the `Reader`.
        cache: the `ReferenceCache`.
    """

    def __init__(self, data, image_size, reader, cache):
        self.data = data
        self.image_size = image_size
        self.reader = reader
        self.cache = cache
        self._images = {}  # split -> StoredImages
        self._known = {}  # (split, count) -> (description, {kind: value})

    def get(self, split, count, metrics):
        """`(description, {kind: value})` of `count` images of a split; `(None, {})` where no metric looks at them."""
        metrics = [metric for metric in metrics if metric.uses_reference]
        if not metrics:
            return None, {}
        images = self._stored(split)
        if (split, count) not in self._known:
            self._known[split, count] = images.describe(count, runs=1), {}
        description, found = self._known[split, count]
        for key in _cached_kinds(metrics):
            if key not in found:
                found[key] = self.cache.get(*self._place(description, key))
        missing = [metric for metric in metrics if found.get(kind(metric)) is None]
        if missing:
            found.update(self.reader.collect("reference", images, count, missing))
            for key in _cached_kinds(missing):
                self.cache.put(*self._place(description, key), found[key])
        return description, found

    def _stored(self, split):
        if split not in self._images:
            given = isinstance(self.data, StoredImages)
            images = self.data.of_split(split) if given else StoredImages(self.data, split, self.image_size)
            self._images[split] = images
        return self._images[split]

    def _place(self, description, key):
        reads, keeps = key
        return (description["sha256"], self.reader.extractor.identity, reads), keeps


def _cached_kinds(metrics):
    """What is worth keeping: what a network has read; images themselves are in the data set."""
    return dict.fromkeys(kind(metric) for metric in metrics if metric.reads != "images")
