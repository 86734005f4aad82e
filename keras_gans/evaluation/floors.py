"""Floors: what real images score in place of generated ones, and so what a perfect generator would.

Distances are those of the training split from the test split. The accuracy of labels is that of the test split, since
the extractor has learned the labels of the other one. They lie in `zoo/floors`, one file for each data set, whose
records are as `keras-gans evaluate --json` writes them; `python -m keras_gans.evaluation.measure_floors` makes them.
"""

import functools
import json

from keras_gans import zoo_folder


def folder():
    """Where the floors lie."""
    return zoo_folder.zoo_path() / "floors"


def floor(result):
    """The floor of a `Result`: of equal protocol, settings, extractor and real images; None where none is known."""
    return _known(folder()).get(_key(vars(result)))


@functools.cache
def _known(path):
    records = [record for file in sorted(path.glob("*.json")) for record in json.loads(file.read_text("utf-8"))]
    return {_key(record): record["value"] for record in records}


def _key(record):
    reference = record["reference"] and record["reference"]["sha256"]
    return record["metric"], record["extractor"], json.dumps(record["settings"], sort_keys=True), reference
