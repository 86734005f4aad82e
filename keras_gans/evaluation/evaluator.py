"""From images to results."""

import dataclasses
import time

import numpy as np

from keras_gans import registry
from keras_gans.evaluation import floors
from keras_gans.evaluation.image_sets import image_set
from keras_gans.evaluation.protocol import Protocol
from keras_gans.evaluation.reader import Reader, kind
from keras_gans.evaluation.reference import Reference
from keras_gans.evaluation.reference_cache import ReferenceCache
from keras_gans.evaluation.result import Result, versions
from keras_gans.machine import hardware


class Evaluator:
    """Scores image sets against one reference, by protocols whose names say everything but the data set.

        evaluator = Evaluator(["fid_10k_test", "pr_10k_test"], data="mnist", extractor="mnist_classifier")
        for result in evaluator.evaluate(model):
            print(result)

    Args:
        metrics: names of protocols, `<metric>_<count>_<split>`.
        data: the reference, anything that `keras_gans.data.arrays` takes, or `StoredImages`.
        extractor: an `Extractor` or the name of one; None will do where all metrics read the images themselves.
        image_size: `(height, width)` that stored images are resized to, or None.
        batch_size: images that are sampled and read together; it does not change a score.
        cache: folder for what is computed of references; None: the user's cache folder.
        progress: called with `(what, done, total)` in images, or None.
    """

    def __init__(self, metrics, data, extractor=None, image_size=None, batch_size=500, cache=None, progress=None):
        self.protocols = [metric if isinstance(metric, Protocol) else Protocol.parse(metric) for metric in metrics]
        if not self.protocols:
            raise ValueError("Expected at least one metric, e.g. fid_10k_test, received: none")
        self.image_size = image_size
        self._reader = Reader(extractor, [protocol.metric for protocol in self.protocols], batch_size, progress)
        self._reference = Reference(data, image_size, self._reader, ReferenceCache(cache))

    def evaluate(self, images, seed=0, runs=1):
        """A `Result` for each value of each protocol.

        Args:
            images: a game (anything with `sample(seeds=...)`), a folder, the name of a data set, an array.
            seed: the first seed of a game's samples.
            runs: how many sets of `count` samples are scored; more than one gives a spread.

        Raises:
            ValueError: where there are fewer images than the protocols ask for, or for more than one run of images
                that are always the same.
        """
        if runs < 1:
            raise ValueError(f"Expected an integer of at least 1, received: runs={runs!r}")
        images = image_set(images, seed, image_size=self.image_size)
        results = {}
        for count, split in dict.fromkeys((protocol.count, protocol.split) for protocol in self.protocols):
            group = [item for item in self.protocols if (item.count, item.split) == (count, split)]
            results.update({result.metric: result for result in self._evaluate_group(images, group, runs)})
        return [results[name] for name in dict.fromkeys(name for item in self.protocols for name in item.names)]

    def _evaluate_group(self, images, protocols, runs):
        """Results of protocols that share a count and a split, and so the passes over the images."""
        count, split = protocols[0].count, protocols[0].split
        metrics = {name: registry.get("metric", name) for name in dict.fromkeys(item.metric for item in protocols)}
        generated_description = images.describe(count, runs)
        reference_description, reference = self._reference.get(split, count, metrics.values())
        scores, shared, seconds = {name: [] for name in metrics}, 0.0, dict.fromkeys(metrics, 0.0)
        for run in range(runs):
            started = time.perf_counter()
            generated = self._reader.collect("generated", images, count, metrics.values(), run)
            shared += time.perf_counter() - started
            for name, metric in metrics.items():
                started = time.perf_counter()
                scores[name].append(metric.compute(reference.get(kind(metric)), generated[kind(metric)]))
                seconds[name] += time.perf_counter() - started
        sources = {"generated": generated_description, "reference": reference_description}
        for item in protocols:
            metric, time_taken = metrics[item.metric], shared + seconds[item.metric]
            for output in item.outputs:
                yield self._result(item, output, metric, scores[item.metric], seconds=round(time_taken, 3), **sources)

    def _result(self, protocol, output, metric, scores, seconds, generated, reference):
        values = [value[output] for value, _ in scores]
        spread, plus_minus = None, None
        if len(values) > 1:
            spread, plus_minus = "standard deviation over runs", float(np.std(values, ddof=1))
        elif output in scores[0][1]:
            spread, plus_minus = "standard deviation over subsets or splits", scores[0][1][output]
        result = Result(
            metric=protocol.name(output),
            value=float(np.mean(values)),
            plus_minus=plus_minus,
            spread=spread,
            runs=len(values),
            direction=metric.directions[output],
            count=protocol.count,
            generated=generated,
            reference=reference if metric.uses_reference else None,
            extractor=None if metric.reads == "images" else self._reader.extractor.identity,
            settings=_settings(metric),
            seconds=seconds,
            versions=versions(),
            hardware=hardware(),
            values=values,
        )
        return dataclasses.replace(result, floor=floors.floor(result))


def evaluate(images, metrics, data, extractor=None, seed=0, runs=1, **options):
    """Results of one image set; see `Evaluator`.

    evaluate(model, ["fid_10k_test", "kid_10k_test"], data="mnist", extractor="mnist_classifier", runs=3)
    evaluate("folder/of/images", ["fid_500_train"], data="another/folder", extractor="inception")
    """
    return Evaluator(metrics, data, extractor, **options).evaluate(images, seed, runs)


def _settings(metric):
    """A metric's own arguments: the numbers that its value depends on."""
    return {name: value for name, value in metric.get_config().items() if name not in ("name", "dtype", "extractor")}
