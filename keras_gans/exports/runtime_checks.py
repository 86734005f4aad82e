"""What an export answers in TensorFlow's C session; each check returns a phrase or raises `Broken`."""

import dataclasses
import io

import numpy as np
from tensorflow.core.framework import types_pb2

from keras_gans.exports import probe, warmup
from keras_gans.exports.graph_checks import Broken, signatures
from keras_gans.exports.runtime import Runtime, RuntimeFailure
from keras_gans.serving.config_writer import BATCH_SIZES

_NUMPY_TYPES = {types_pb2.DT_FLOAT: "float32", types_pb2.DT_INT32: "int32", types_pb2.DT_INT64: "int64"}


@dataclasses.dataclass(frozen=True)
class Loaded:
    """An export that runs.

    Args:
        folder: version directory.
        graph: its `MetaGraphDef`.
        runtime: its `Runtime`.
    """

    folder: str
    graph: object
    runtime: Runtime

    def ask(self, name, **inputs):
        """`{output name: array}` of a signature."""
        signature = signatures(self.graph)[name]
        if set(inputs) != set(signature.inputs):
            raise Broken(f"Expected the inputs {sorted(signature.inputs)} of {name}, received: {sorted(inputs)}")
        return self.runtime.call(signature, inputs)

    def has(self, name):
        return name in signatures(self.graph)


def check_warmup(loaded):
    """Requests of every signature and batch size are recorded, and each is answered with as many rows."""
    requests = warmup.read(loaded.folder)
    offered = signatures(loaded.graph)
    expected = {(name, size) for name in offered for size in BATCH_SIZES}
    recorded = set()
    for name, inputs in requests:
        if name not in offered:
            raise Broken(f"Expected requests to {', '.join(sorted(offered))}, received: one to {name!r}")
        rows = len(next(iter(inputs.values())))
        recorded.add((name, rows))
        for output, array in loaded.ask(name, **inputs).items():
            if len(array) != rows:
                raise Broken(f"Expected {rows} rows, received: {len(array)} of {output} of {name}")
    missing = sorted(expected - recorded)
    if missing:
        raise Broken(f"Expected a request of each signature and batch size, received none of: {missing}")
    return f"{len(requests)} requests answered"


def check_probe(loaded):
    """The answers are those that Python gave when the export was written."""
    expected, images, largest = probe.read(loaded.folder)["signatures"], None, 0.0
    if set(expected) != set(signatures(loaded.graph)):
        raise Broken(f"Expected a probe of each signature, received: of {', '.join(sorted(expected))}")
    for name, entry in expected.items():
        answer = loaded.ask(name, **_inputs(loaded, name, entry["inputs"], images))
        images = answer["images"] if name == "generate" else images
        for output, numbers in entry["outputs"].items():
            try:
                deviation = probe.compare(numbers, answer[output])
            except ValueError as error:
                raise Broken(f"{output} of {name} differ from the probe. {error}") from None
            largest = max(largest, deviation / numbers["tolerance"])
    return f"largest deviation {largest:.2g} of what is tolerated"


def check_png(loaded):
    """The PNG files are the images of `sample`, and `serving_default` is `sample`."""
    inputs = _sample_inputs(loaded)
    images = loaded.ask("sample", **inputs)["images"]
    if not np.array_equal(images, loaded.ask("serving_default", **inputs)["images"]):
        raise Broken("Expected serving_default to answer as sample does, received: other images")
    if not loaded.has("sample_png"):
        return "serving_default equal to sample; no pictures"
    from PIL import Image

    files = loaded.ask("sample_png", **inputs)["image_bytes"]
    pictures = [np.asarray(Image.open(io.BytesIO(file))) for file in files]
    if not np.array_equal(np.reshape(pictures, images.shape), images):
        raise Broken("Expected the PNG files to hold the images of sample, received: other pixels")
    return "serving_default and the PNG files equal to sample"


def check_independence(loaded):
    """A row's answer does not depend on its neighbours."""
    inputs = _sample_inputs(loaded)
    together = loaded.ask("sample", **inputs)["images"].astype("float64")
    tolerance = probe.read(loaded.folder)["signatures"]["sample"]["outputs"]["images"]["tolerance"]
    for row in range(len(together)):
        alone = loaded.ask("sample", **{name: array[row : row + 1] for name, array in inputs.items()})["images"][0]
        deviation = np.abs(alone - together[row]).max()
        if not deviation <= tolerance:
            raise Broken(f"Expected row {row} to be the same without its neighbours, received: {deviation:.3g} away")
    return "each row alone equal to itself among others"


def check_limits(loaded):
    """Too many rows and negative seeds are refused by the graph."""
    inputs, rows = _sample_inputs(loaded), probe.read(loaded.folder)["most_rows"] + 1
    many = {name: np.resize(array, rows) for name, array in inputs.items()}
    negative = inputs | {"seed": -1 - inputs["seed"]}
    for wrong, what in ((many, f"{rows} rows"), (negative, "negative seeds")):
        try:
            loaded.ask("sample", **wrong)
        except RuntimeFailure as error:
            if "Expected" not in str(error):
                raise Broken(f"Expected {what} to be refused in a clear sentence, received: {error}") from None
        else:
            raise Broken(f"Expected {what} to be refused, received: images")
    return f"{rows} rows and negative seeds are refused"


def _sample_inputs(loaded):
    return _inputs(loaded, "sample", probe.read(loaded.folder)["signatures"]["sample"]["inputs"])


def _inputs(loaded, name, rows, images=None):
    """The probe's inputs of a signature as arrays of its types; where one is null, the images of `generate`."""
    known = signatures(loaded.graph)[name].inputs
    return {
        key: images if value is None else np.asarray(value, _NUMPY_TYPES[known[key].dtype] if key in known else None)
        for key, value in rows.items()
    }
