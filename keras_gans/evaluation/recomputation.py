"""Published scores, computed again by whoever doubts them."""

import dataclasses

import numpy as np

from keras_gans.evaluation.evaluator import Evaluator
from keras_gans.evaluation.image_sets import ModelSamples
from keras_gans.evaluation.protocol import Protocol

TOLERANCE = 1e-3
"""Of the published value, or of 1 where that is less.

Seeds, real images, extractor and arithmetic are the published ones, so that all that may differ is the rounding of
convolutions, which turns some gray levels by one. With one thread or two, with oneDNN's convolutions or Eigen's, and on
JAX, the FID of 10,000 samples stayed within a millionth, and precision and recall did not move. Another choice of
samples moves an FID by fifty times the tolerance.
"""


@dataclasses.dataclass(frozen=True)
class Comparison:
    """A published score beside the same score computed again.

    Args:
        metric: the protocol's name.
        published, recomputed: means over the same runs.
    """

    metric: str
    published: float
    recomputed: float

    @property
    def difference(self):
        return self.recomputed - self.published

    @property
    def tolerance(self):
        return TOLERANCE * max(1.0, abs(self.published))

    @property
    def holds(self):
        return abs(self.difference) <= self.tolerance

    def __str__(self):
        return (
            f"Expected {self.metric} of {self.published:.6g} within {self.tolerance:.2g}, "
            f"received: {self.recomputed:.6g}"
        )


def recompute(model, published, data, metrics=None, runs=None, **options):
    """Scores of a model once more, each by its own record.

    Args:
        model: the game that was scored.
        published: the records, as `Result.to_dict` gives them.
        data: the data set of scores that compare with no real images.
        metrics: which scores: their full names, or metrics such as "fid" and "pr"; None for all.
        runs: how many of the published sets of samples are drawn again, from the first; None for all.
        **options: `batch_size`, `cache`, `progress` of `Evaluator`.

    Returns:
        list of `Comparison`, in the order of the records.

    Raises:
        ValueError: where no such score is published, or what it was computed from is no more the same.
    """
    groups = {}
    for record in _wanted(published, metrics):
        most = min(runs or record["runs"], record["runs"])
        read = record["reference"]["data"] if record["reference"] else data
        key = record["generated"]["seeds"][0], most, record["extractor"], read
        groups.setdefault(key, []).append(record)
    compared = {}
    for (seed, most, extractor, read), records in groups.items():
        names = [record["metric"] for record in records]
        evaluator = Evaluator(names, read, extractor, image_size=model.image_shape[:2], **options)
        results = evaluator.evaluate(ModelSamples(model, seed), runs=most)
        for record, result in zip(records, results, strict=True):
            _refuse_other_origin(record, result)
            compared[result.metric] = Comparison(result.metric, _published(record, most), result.value)
    return [compared[record["metric"]] for record in published if record["metric"] in compared]


def _wanted(published, metrics):
    """The records of the metrics that are asked for."""
    known = {record["metric"]: Protocol.parse(record["metric"]) for record in published}
    if not known:
        raise ValueError("Expected published scores, received: none")
    if metrics is None:
        return published
    chosen = set()
    for name in metrics:
        outputs = Protocol.parse(name, 1, "any").outputs
        found = {full for full, protocol in known.items() if name == full or protocol.outputs[0] in outputs}
        chosen |= {name} & found or found
        if not found:
            raise ValueError(f"Expected scores that are published ({', '.join(known)}), received: {name!r}")
    return [record for record in published if record["metric"] in chosen]


def _published(record, runs):
    """The value of the first runs."""
    if runs == record["runs"]:
        return record["value"]
    if not record.get("values"):
        raise ValueError(f"Expected all {record['runs']} runs, since only their mean is published, received: {runs=}")
    return float(np.mean(record["values"][:runs]))


def _refuse_other_origin(record, result):
    """What the score depends on, besides the samples, must be what it was."""
    for what in ("reference", "settings"):
        expected, received = record[what], getattr(result, what)
        if expected != received:
            raise ValueError(f"Expected {record['metric']} with {what} {expected}, received: {received}")
