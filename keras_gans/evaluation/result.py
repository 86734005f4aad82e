"""A score with everything that one must know to trust it."""

import dataclasses
import importlib.metadata
import json
import os
import platform

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
        generated: where the generated images come from, with the seeds of a model's.
        reference: the real images: data set, split, sha256 of the pixels; None where the metric needs none.
        extractor: identity of the network, `name@sha256[:12]`; None where images themselves are compared.
        seconds: of sampling, extraction and arithmetic, all runs together.
        versions: of the libraries that the value depends on.
        hardware: what it was computed on.
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
    seconds: float
    versions: dict
    hardware: str

    def to_dict(self):
        return dataclasses.asdict(self)

    def __str__(self):
        plus_minus = "" if self.plus_minus is None else f" +- {self.plus_minus:.4g}"
        return f"{self.metric} = {self.value:.5g}{plus_minus} ({self.direction} is better; {self.extractor})"


def to_json(results):
    """A list of results as indented JSON."""
    return json.dumps([result.to_dict() for result in results], indent=2) + "\n"


def versions():
    """Versions of the libraries that a score depends on."""
    found = {"keras_gans": __version__, "keras": keras.__version__, keras.backend.backend(): _backend_version()}
    return found | {name: importlib.metadata.version(name) for name in ("numpy", "scipy", "scikit-learn")}


def hardware():
    """The machine in words, e.g. "x86_64, 2 cores"."""
    return f"{platform.machine()}, {os.cpu_count()} cores"


def _backend_version():
    return importlib.metadata.version(keras.backend.backend())
