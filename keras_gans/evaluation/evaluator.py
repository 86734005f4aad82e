"""From images to results: one pass over the images for all metrics that are asked for."""

import contextlib
import time

import numpy as np

from keras_gans import registry
from keras_gans.evaluation.image_sets import StoredImages, image_set
from keras_gans.evaluation.protocol import Protocol
from keras_gans.evaluation.reference_cache import ReferenceCache
from keras_gans.evaluation.result import Result, hardware, versions
from keras_gans.metrics import extractors


class Evaluator:
    """Scores image sets against one reference, by protocols whose names say everything but the data set.

        evaluator = Evaluator(["fid_10k_test", "pr_10k_test"], data="mnist", extractor="mnist_classifier")
        for result in evaluator.evaluate(model):
            print(result)

    Args:
        metrics: names of protocols, `<metric>_<count>_<split>`.
        data: the reference, anything that `keras_gans.data.arrays` takes.
        extractor: an `Extractor` or the name of one.
        image_size: `(height, width)` that stored images are resized to, or None.
        batch_size: images that are sampled and read together; it does not change a score.
        cache: folder for what is computed of references; None: the user's cache folder.
        progress: called with `(what, done, total)` in images, or None.
    """

    def __init__(self, metrics, data, extractor, image_size=None, batch_size=500, cache=None, progress=None):
        self.protocols = [metric if isinstance(metric, Protocol) else Protocol.parse(metric) for metric in metrics]
        if not self.protocols:
            raise ValueError("Expected at least one metric, e.g. fid_10k_test, received: none")
        self.data = data
        self.extractor = extractors.get(extractor)
        self.image_size = image_size
        self.batch_size = batch_size
        self.cache = ReferenceCache(cache)
        self._progress = progress or (lambda what, done, total: None)
        self._stored = {}  # split -> StoredImages
        self._references = {}  # (split, count) -> (description, {(reads, keeps): value})

    def evaluate(self, images, seed=0, runs=1):
        """A `Result` for each value of each protocol.

        Args:
            images: a game (anything with `sample(seeds=...)`), a folder, the name of a data set, an array.
            seed: the first seed of a game's samples.
            runs: how many sets of `count` samples are scored; more than one gives a spread.
        """
        if runs < 1:
            raise ValueError(f"Expected an integer of at least 1, received: runs={runs!r}")
        images = image_set(images, seed, image_size=self.image_size)
        results = []
        for count, split in dict.fromkeys((protocol.count, protocol.split) for protocol in self.protocols):
            group = [item for item in self.protocols if (item.count, item.split) == (count, split)]
            results += self._evaluate_group(images, group, count, split, runs)
        order = [name for protocol in self.protocols for name in protocol.names]
        return sorted(results, key=lambda result: order.index(result.metric))

    def _evaluate_group(self, images, protocols, count, split, runs):
        """Results of the protocols that share a count and a split, and so the passes over the images."""
        metrics = {name: registry.get("metric", name) for name in dict.fromkeys(item.metric for item in protocols)}
        description, reference = self._reference(split, count, metrics.values())
        scores, shared, seconds = {name: [] for name in metrics}, 0.0, dict.fromkeys(metrics, 0.0)
        for run in range(runs):
            with _timed() as timer:
                generated = self._collect(
                    "generated", images.batches(count, self.batch_size, run), count, metrics.values()
                )
            shared += timer.seconds
            for name, metric in metrics.items():
                with _timed() as timer:
                    scores[name].append(metric.compute(reference.get(_kind(metric)), generated[_kind(metric)]))
                seconds[name] += timer.seconds
        sources = {"generated": images.describe(count, runs), "reference": description}
        return [
            self._result(
                item, output, metrics[item.metric], scores[item.metric], shared + seconds[item.metric], **sources
            )
            for item in protocols
            for output in item.outputs
        ]

    def _result(self, protocol, output, metric, scores, seconds, generated, reference):
        values = [value[output] for value, _ in scores]
        spread, plus_minus = None, None
        if len(values) > 1:
            spread, plus_minus = "standard deviation over runs", float(np.std(values, ddof=1))
        elif output in scores[0][1]:
            spread, plus_minus = "standard deviation over subsets or splits", scores[0][1][output]
        return Result(
            metric=protocol.name(output),
            value=float(np.mean(values)),
            plus_minus=plus_minus,
            spread=spread,
            runs=len(values),
            direction=metric.directions[output],
            count=protocol.count,
            generated=generated,
            reference=reference if metric.uses_reference else None,
            extractor=None if metric.reads == "images" else self.extractor.identity,
            seconds=round(seconds, 3),
            versions=versions(),
            hardware=hardware(),
        )

    def _reference(self, split, count, metrics):
        """`(description, {(reads, keeps): value})` of the real images; from the cache where possible."""
        metrics = [metric for metric in metrics if metric.uses_reference]
        if not metrics:
            return None, {}
        if split not in self._stored:
            self._stored[split] = StoredImages(self.data, split, self.image_size)
        images = self._stored[split]
        description, found = self._references.setdefault((split, count), (images.describe(count, runs=1), {}))
        key = (description["sha256"], self.extractor.identity)
        for metric in metrics:
            kind = _kind(metric)
            if kind not in found and metric.reads != "images":
                found[kind] = self.cache.get((*key, metric.reads), metric.keeps)
        missing = [metric for metric in metrics if found.get(_kind(metric)) is None]
        if missing:
            found.update(self._collect("reference", images.batches(count, self.batch_size), count, missing))
            for metric in missing:
                if metric.reads != "images":
                    self.cache.put((*key, metric.reads), metric.keeps, found[_kind(metric)])
        return description, found

    def _collect(self, what, batches, count, metrics):
        """`{(reads, keeps): value}`: what the metrics keep of the images, in one pass."""
        collectors = {_kind(metric): metric.collector() for metric in metrics}
        needs_network = any(reads != "images" for reads, _ in collectors)
        done = 0
        for batch in batches:
            activations = self.extractor(batch) if needs_network else None
            for (reads, _), collector in collectors.items():
                collector.update(batch if reads == "images" else self._activation(activations, reads))
            done += len(batch)
            self._progress(what, done, count)
        return {kind: collector.result() for kind, collector in collectors.items()}

    def _activation(self, activations, reads):
        value = getattr(activations, reads)
        if value is None:
            raise ValueError(
                f"Expected an extractor with {reads} (the Inception score needs a classifier), "
                f"received: {self.extractor.identity}"
            )
        return value


def evaluate(images, metrics, data, extractor, seed=0, runs=1, **options):
    """Results of one image set; see `Evaluator`.

    evaluate(model, ["fid_10k_test", "kid_10k_test"], data="mnist", extractor="mnist_classifier", runs=3)
    evaluate("folder/of/images", ["fid_500_train"], data="another/folder", extractor="inception")
    """
    return Evaluator(metrics, data, extractor, **options).evaluate(images, seed, runs)


def _kind(metric):
    return metric.reads, metric.keeps


class _Timer:
    seconds = 0.0


@contextlib.contextmanager
def _timed():
    timer, started = _Timer(), time.perf_counter()
    try:
        yield timer
    finally:
        timer.seconds = time.perf_counter() - started
