"""The base of every metric that is looked up by name: a `keras.metrics.Metric` around a pure function."""

import inspect

import keras
import numpy as np
from keras import ops

from keras_gans.metrics.arrays import as_features, as_images
from keras_gans.metrics.statistics import StreamingStatistics


class EvaluationMetric(keras.metrics.Metric):
    """Compares generated images with real ones, batch by batch.

        fid = FrechetInceptionDistance(extractor="mnist_classifier")
        for real, generated in batches:
            fid.update_state(real, generated)
        fid.result()

    A subclass declares what it reads and in which direction its values go, stores the arguments of its constructor
    under their own names, writes `compute`, and is decorated with `@register("its_name")`. It works on NumPy arrays
    and eager tensors of any backend, in float64 on the host, since a score should not depend on where it was computed;
    so not inside `tf.function`.

    Args:
        extractor: an `Extractor` or the name of one, then batches are uint8 images `(n, H, W, C)`; None: batches are
            what the metric reads, features `(n, d)` or logits `(n, classes)`.
        name: the Keras name, by default the lookup name.
    """

    noun = "metric"

    directions = {}
    """Output name -> "lower" or "higher": where better is. One output: `result` is a float, else a dict."""
    reads = "features"
    """What it reads of an image: "features", "logits", the "images" themselves, or "labels": the class that was asked
    for and the one that the network sees."""
    keeps = "rows"
    """What it keeps of them: all "rows", or their "statistics" (mean and covariance, constant memory)."""
    uses_reference = True
    """Whether real images matter."""

    def __init__(self, extractor=None, name=None, **kwargs):
        super().__init__(name=name or self.registered_name, **kwargs)
        self.extractor = extractor
        self._network = None
        self.reset_state()

    def collector(self):
        """An empty collector with `update(rows)` and `result()`: what `compute` receives of each side."""
        return StreamingStatistics() if self.keeps == "statistics" else Rows()

    def compute(self, real, generated):
        """The values of two collected sets.

        Returns:
            `(values, spreads)`, dicts from output name to float; an output without a spread of its own is left out.
        """
        raise NotImplementedError

    def update_state(self, real, generated):
        """Adds batches of both sides, which need not be of equal size; either may be None."""
        if real is not None and self.uses_reference:
            self._real.update(self._read(real))
        if generated is not None:
            self._generated.update(self._read(generated))

    def result(self):
        real = self._real.result() if self.uses_reference else None
        values, _ = self.compute(real, self._generated.result())
        return values if len(values) > 1 else next(iter(values.values()))

    def reset_state(self):
        self._real, self._generated = self.collector(), self.collector()

    def get_config(self):
        names = inspect.signature(type(self)).parameters.keys() - {"extractor", "name", "kwargs"}
        options = {name: getattr(self, name) for name in sorted(names)}
        return {**super().get_config(), "extractor": getattr(self.extractor, "identity", self.extractor), **options}

    def _read(self, batch):
        batch = to_numpy(batch)
        if self.reads == "images":
            return as_images(batch)
        if self.extractor is None:
            return as_features(batch, self.reads)
        return getattr(self._activations(batch), self.reads)

    def _activations(self, images):
        """What the extractor says about a batch of images."""
        if self._network is None:
            from keras_gans.metrics.extractors import get

            self._network = get(self.extractor)
        return self._network(as_images(images))


class Rows:
    """Collects batches into one array."""

    def __init__(self):
        self._batches = []

    def update(self, rows):
        self._batches.append(np.array(rows))  # a copy: whoever made the batch may fill its memory again
        return self

    def result(self):
        if not self._batches:
            raise ValueError("Expected at least one batch, received: none")
        return np.concatenate(self._batches)


def to_numpy(batch):
    """An array of any backend as NumPy.

    Raises:
        TypeError: inside a graph, where tensors have no values yet.
    """
    try:
        return ops.convert_to_numpy(batch)
    except (NotImplementedError, AttributeError) as error:
        raise TypeError(
            "Expected arrays or eager tensors: metrics run on the host, outside tf.function, "
            f"received: {type(batch).__name__} ({error})"
        ) from error
