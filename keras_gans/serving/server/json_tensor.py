"""Predict's JSON bodies to arrays, in row (`instances`) and columnar (`inputs`) format, with the exact errors."""

import base64
import binascii
import itertools

import numpy as np
import tensorflow as tf

from keras_gans.serving.errors import ServingError, invalid
from keras_gans.serving.server.json_parser import quote, text_to_bytes, value_error

_INT32 = (-(2**31), 2**31 - 1)
_RANGES = {
    # 8 and 16 bit integers must fit 32 bits and then wrap, as they do in C++.
    tf.int8: _INT32,
    tf.uint8: _INT32,
    tf.int16: _INT32,
    tf.int32: _INT32,
    tf.int64: (-(2**63), 2**63 - 1),
    tf.uint32: (0, 2**32 - 1),
    tf.uint64: (0, 2**64 - 1),
}
_FLOATS = (tf.float32, tf.float64)
_TYPE_NAMES = {type(None): "Null", str: "String", dict: "Object", list: "Array", int: "Number", float: "Number"}


def decode_predict(document, dtypes):
    """The format, "row" or "columnar", and the arrays `{input name: array}` of a predict request.

    Args:
        document: the parsed body.
        dtypes: `{input name: tf.DType}` of the signature.
    """
    if "instances" in document and "inputs" in document:
        sentence = "Not formatted correctly expecting only one of 'inputs' or 'instances' keys to exist "
        raise value_error(document, sentence)
    if "instances" in document:
        return "row", _rows(document, dtypes)
    if "inputs" in document:
        return "columnar", _columns(document["inputs"], dtypes)
    raise invalid("Missing 'inputs' or 'instances' key")


def signature_name(document):
    """The request's `signature_name`; absent or empty means the default one."""
    name = document.get("signature_name", "")
    if not isinstance(name, str):
        sentence = "not formatted correctly. 'signature_name' key must be a string value."
        raise value_error(document, sentence)
    return name


def is_base64(value):
    """Whether a value is `{"b64": "..."}`, the spelling of bytes."""
    return isinstance(value, dict) and len(value) == 1 and isinstance(value.get("b64"), str)


def decode_base64(value):
    """The bytes of `{"b64": "..."}`: the standard alphabet, padded or not."""
    if not is_base64(value):
        raise value_error(value, "not formatted correctly for base64 data")
    encoded = value["b64"].rstrip("=")
    try:
        return base64.b64decode(encoded + "=" * (-len(encoded) % 4), validate=True)
    except (binascii.Error, ValueError):
        raise invalid("Unable to base64 decode") from None


def json_type(value):
    """RapidJSON's name of a value's type."""
    return str(value) if isinstance(value, bool) else _TYPE_NAMES[type(value)]


def _rows(document, dtypes):
    instances = document["instances"]
    if not isinstance(instances, list):
        raise value_error(document, "Expecting 'instances' to be an list/array")
    if not instances:
        raise value_error(document, "No values in 'instances' array")
    if not isinstance(instances[0], dict) and len(dtypes) > 1:
        raise invalid(
            "instances is a plain list, but expecting list of objects as multiple input tensors required as per "
            "tensorinfo_map"
        )
    named = _is_named(instances[0])
    fast = _fast_rows(instances, named, dtypes)
    return fast if fast is not None else _slow_rows(instances, named, dtypes)


def _fast_rows(instances, named, dtypes):
    """All rows at once, or None where something is irregular and each row must be looked at."""
    if not named:
        columns = {next(iter(dtypes)): instances}
    elif all(_is_named(row) and row.keys() == dtypes.keys() for row in instances):
        columns = {name: [row[name] for row in instances] for name in dtypes}
    else:
        return None
    arrays = {name: _fast_array(column, dtypes[name]) for name, column in columns.items()}
    return None if any(array is None for array in arrays.values()) else arrays


def _slow_rows(instances, named, dtypes):
    rows = {name: [] for name in dtypes}
    for index, row in enumerate(instances):
        if named and not _is_named(row):
            raise invalid(f"Expecting object but got list at item {index} of input list")
        if not named and _is_named(row):
            raise invalid(f"Expecting value/list but got object at item {index} of input list")
        for name, value in (row if named else {next(iter(dtypes)): row}).items():
            try:
                _add_row(name, value, rows, dtypes)
            except ServingError as error:
                key = f" key: {name}" if named else ""
                raise invalid(f"Failed to process element: {index}{key} of 'instances' list. Error: {error}") from None
        if named and row.keys() != dtypes.keys():
            raise invalid(
                f"Failed to process element: {index} of 'instances' list. JSON object: {quote(row)} keys must be "
                f"equal to: {','.join(sorted(dtypes))}"
            )
    return {name: np.stack(arrays) for name, arrays in rows.items()}


def _add_row(name, value, rows, dtypes):
    if name not in dtypes:
        raise invalid(f"JSON object: does not have named input: {name}")
    array = _slow_array(value, dtypes[name])
    first = rows[name][0] if rows[name] else array
    if array.size != first.size:
        raise invalid(f"Expecting tensor size: {first.size} but got: {array.size}")
    if array.shape != first.shape:
        raise invalid(f"Expecting shape {_shape_text(first)} but got: {_shape_text(array)}")
    rows[name].append(array)


def _columns(inputs, dtypes):
    if not isinstance(inputs, dict) or is_base64(inputs):
        if len(dtypes) > 1:
            raise invalid(
                "inputs is a plain value/list, but expecting an object as multiple input tensors required as per "
                "tensorinfo_map"
            )
        inputs = {next(iter(dtypes)): inputs}
    arrays = {}
    for name, dtype in dtypes.items():
        if name not in inputs:
            raise invalid(f"Missing named input: {name} in 'inputs' object.")
        fast = _fast_array(inputs[name], dtype)
        arrays[name] = fast if fast is not None else _slow_array(inputs[name], dtype)
    return arrays


def _is_named(row):
    return isinstance(row, dict) and not is_base64(row)


def _shape(value):
    """The shape that a nested list promises: the one along its first elements."""
    shape = []
    while isinstance(value, list):
        shape.append(len(value))
        if not value:
            break
        value = value[0]
    return shape


def _fast_array(value, dtype):
    """The array of a regular nested list of the right type, or None."""
    shape = _shape(value)
    leaves = [value]
    for size in shape:
        if not all(type(leaf) is list and len(leaf) == size for leaf in leaves):
            return None
        leaves = list(itertools.chain.from_iterable(leaves))
    kinds = set(map(type, leaves))
    if dtype in _FLOATS and kinds <= {int, float}:
        return _array(leaves, dtype, shape)
    if dtype in _RANGES and kinds <= {int}:
        low, high = _RANGES[dtype]
        return _array(leaves, dtype, shape) if not leaves or low <= min(leaves) <= max(leaves) <= high else None
    if dtype == tf.bool and kinds <= {bool}:
        return _array(leaves, dtype, shape)
    if dtype == tf.string and kinds <= {str}:
        return _array([text_to_bytes(leaf) for leaf in leaves], dtype, shape)
    return None


def _slow_array(value, dtype):
    """The array of a nested list, leaf by leaf: the first fault in reading order is the one that is reported."""
    shape = _shape(value)
    leaves = []
    _fill(value, 0, shape, dtype, leaves)
    return _array(leaves, dtype, shape)


def _fill(value, level, shape, dtype, leaves):
    rank = len(shape)
    if not isinstance(value, list):
        if level != rank:
            raise value_error(
                value, f"found at incorrect level: {level + 1} in the JSON DOM. Expected at level: {rank}"
            )
        leaves.append(_leaf(value, dtype))
        return
    if level >= rank:
        raise invalid(f"Encountered list at unexpected level: {level} expected < {rank}")
    if len(value) != shape[level]:
        raise invalid(
            f"Encountered list at unexpected size: {len(value)} at level: {level} expected size: {shape[level]}"
        )
    for element in value:
        _fill(element, level + 1, shape, dtype, leaves)


def _leaf(value, dtype):
    if isinstance(value, dict) and dtype == tf.string:
        return decode_base64(value)
    if dtype in _FLOATS:
        fits = type(value) in (int, float)
    elif dtype in _RANGES:
        fits = type(value) is int and _RANGES[dtype][0] <= value <= _RANGES[dtype][1]
    elif dtype == tf.bool:
        fits = isinstance(value, bool)
    elif dtype == tf.string:
        fits = isinstance(value, str)
    elif isinstance(value, dict):
        fits = False
    else:
        raise ServingError("UNIMPLEMENTED", f"Conversion of JSON Value: {quote(value)} to type: {type_name(dtype)}")
    if not fits:
        raise value_error(value, f"Type: {json_type(value)} is not of expected type: {type_name(dtype)}")
    return text_to_bytes(value) if dtype == tf.string else value


def type_name(dtype):
    """TensorFlow Serving's name of a type: numpy's, but "float", "double" and "half"."""
    return {tf.float32: "float", tf.float64: "double", tf.float16: "half"}.get(dtype, dtype.name)


def _array(leaves, dtype, shape):
    if dtype == tf.string:
        array = np.empty(len(leaves), dtype=object)
        array[:] = leaves
        return array.reshape(shape)
    wide = np.float64 if dtype in _FLOATS else np.uint64 if dtype == tf.uint64 else np.int64
    wide = np.bool_ if dtype == tf.bool else wide
    with np.errstate(over="ignore"):
        return np.array(leaves, dtype=wide).astype(dtype.as_numpy_dtype).reshape(shape)


def _shape_text(array):
    return f"[{','.join(map(str, array.shape))}]"
