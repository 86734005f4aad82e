"""A score with everything that one must know to trust it."""

import dataclasses
import importlib
import json

import keras

from keras_gans import __version__


@dataclasses.dataclass(frozen=True)
class Result:
    """One value, and how it came about; JSON by `to_json`.

    Args:
        metric: the protocol's name, e.g. `fid_10k_test`.
        value: the score, the mean where there are several runs.
        plus_minus: the spread, or None where there is none.
        spread: what the spread is of: "standard deviation over runs", "... over subsets or splits", or None.
        runs: how many sets of generated images were scored.
        direction: "lower" or "higher": where better is.
        count: images of each side in a run.
        generated: where the generated images come from, with the seeds of a model's: the first, and one past the last.
        reference: the real images: data set, split, sha256 of the pixels; None where the metric needs none.
        extractor: identity of the network, `name@sha256[:12]`; None where images themselves are compared.
        settings: the metric's own numbers, e.g. the subsets of KID and their seed.
        seconds: of sampling, extraction and arithmetic, all runs together; without the reference's share, which is
            computed once.
        versions: of the libraries that the value depends on.
        hardware: what it was computed on.
        floor: what real images score in place of the generated ones, where that is known; see `floors`.
        values: of the runs, one each.
        command: that computed it, or None.
    """

    metric: str
    value: float
    plus_minus: float | None
    spread: str | None
    runs: int
    direction: str
    count: int
    generated: dict
    reference: dict | None
    extractor: str | None
    settings: dict
    seconds: float
    versions: dict
    hardware: str
    floor: float | None = None
    values: list | None = None
    command: str | None = None

    def to_dict(self):
        return dataclasses.asdict(self)

    def __str__(self):
        plus_minus = "" if self.plus_minus is None else f" +- {self.plus_minus:.4g}"
        extractor = "" if self.extractor is None else f"; {self.extractor}"
        return f"{self.metric} = {self.value:.5g}{plus_minus} ({self.direction} is better{extractor})"


def to_json(results):
    """A list of results as indented JSON."""
    return json.dumps([result.to_dict() for result in results], indent=2) + "\n"


def versions():
    """Versions of the libraries that a score depends on."""
    libraries = ("keras", keras.backend.backend(), "numpy", "scipy", "sklearn")
    return {"keras_gans": __version__} | {name: importlib.import_module(name).__version__ for name in libraries}
