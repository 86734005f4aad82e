"""Arrays to predict's JSON replies."""

import base64
import json

import numpy as np
import tensorflow as tf

from keras_gans.serving.errors import invalid
from keras_gans.serving.server.json_tensor import type_name

_UNWRITABLE = (tf.float16, tf.bfloat16, tf.uint16, tf.complex64, tf.complex128)


def encode_predictions(outputs, dtypes, layout):
    """The body of a predict reply.

    Args:
        outputs: `{output name: array}`.
        dtypes: `{output name: tf.DType}` of the signature.
        layout: "row" or "columnar", as the request was.
    """
    for name in outputs:
        if dtypes[name] in _UNWRITABLE:
            raise invalid(f"Failed to write JSON value for tensor type: {type_name(dtypes[name])}")
    if layout == "row":
        _check_batch(outputs)
    values = {name: _values(name, array) for name, array in outputs.items()}
    document = next(iter(values.values()))
    if len(values) > 1:
        document = _by_row(values) if layout == "row" else values
    finite = all(np.isfinite(array).all() for array in outputs.values() if array.dtype.kind == "f")
    return _to_json({"predictions" if layout == "row" else "outputs": document}, finite)


def to_text(document):
    """A small document, indented by four spaces as TensorFlow Serving's are."""
    return json.dumps(document, indent=4, ensure_ascii=False).encode("utf-8", "replace")


def _check_batch(outputs):
    """Row format needs a leading dimension, the same one in every output."""
    batch = None
    for name, array in outputs.items():
        if array.ndim == 0:
            raise invalid(f"Tensor name: {name} has no shape information ")
        if batch not in (None, len(array)):
            raise invalid(f"Tensor name: {name} has inconsistent batch size: {len(array)} expecting: {batch}")
        batch = len(array)


def _by_row(values):
    return [dict(zip(values, row, strict=True)) for row in zip(*values.values(), strict=True)]


def _values(name, array):
    if array.dtype.kind != "O":
        return np.ascontiguousarray(array).reshape(array.shape)
    spell = _base64 if name.endswith("_bytes") else _text
    if array.ndim == 0:
        return spell(array.item())
    return np.frompyfunc(spell, 1, 1)(array).tolist()


def _text(data):
    # Binary data under a name without `_bytes` goes out as it is, and the JSON is no valid UTF-8 then.
    return data.decode("utf-8", "surrogateescape")


def _base64(data):
    return {"b64": base64.b64encode(data).decode()}


def _to_json(document, finite):
    import orjson

    if finite:
        try:
            return orjson.dumps(document, option=orjson.OPT_SERIALIZE_NUMPY)
        except orjson.JSONEncodeError:
            pass  # A string that is no UTF-8.
    # orjson writes NaN and infinities as null; the standard library writes the tokens that TensorFlow Serving writes.
    text = json.dumps(document, ensure_ascii=False, default=lambda array: array.tolist())
    return text.encode("utf-8", "surrogateescape")
