"""Predict's rules, shared by REST, gRPC and warm-up: which signature, which inputs, which outputs."""

import dataclasses
import math

import numpy as np
import tensorflow as tf

from keras_gans.serving.errors import ServingError, invalid
from keras_gans.serving.server.servable import DEFAULT_SIGNATURE

_STRING_BYTES = 24
"""What TensorFlow allocates for an empty string."""


@dataclasses.dataclass(frozen=True)
class Call:
    """A checked request: everything that one run of a session needs.

    Args:
        model: the model's name.
        servable: the loaded version.
        signature_name: name of the signature, the default filled in.
        inputs: `{input name: array}`.
        outputs: names of the outputs to compute.
        api: the metrics' name of the call, e.g. "Predict".
    """

    model: str
    servable: object
    signature_name: str
    inputs: dict
    outputs: tuple
    api: str = "Predict"

    @property
    def signature(self):
        return self.servable.signatures[self.signature_name]

    def run(self, timeout=None):
        return self.servable.run(self.signature, self.inputs, self.outputs, timeout)


def dtypes(tensors):
    """`{name: tf.DType}` of a signature's inputs or outputs, sorted by name."""
    return {name: tf.as_dtype(tensors[name].dtype) for name in sorted(tensors)}


def prepare(model, servable, signature_name, inputs, output_filter=(), max_bytes=2**31):
    """The checked call of a gRPC predict request (and of a REST one, once its JSON is decoded).

    Args:
        model: the model's name.
        servable: the loaded version.
        signature_name: name of the signature, empty for the default.
        inputs: `{input name: TensorProto or array}`.
        output_filter: names of the wanted outputs, empty for all.
        max_bytes: largest size of one input tensor.
    """
    signature_name = signature_name or DEFAULT_SIGNATURE
    signature = servable.signature(signature_name)
    if signature is None:
        raise ServingError("FAILED_PRECONDITION", f'Serving signature key "{signature_name}" not found.')
    _check_names(signature, inputs)
    arrays = {}
    for position, name in enumerate(sorted(signature.inputs)):
        value = inputs[name] if name in inputs else _default(signature, name)
        arrays[name] = _array(name, position, value, tf.as_dtype(signature.inputs[name].dtype), max_bytes)
    outputs = tuple(output_filter) or tuple(sorted(signature.outputs))
    _check_outputs(signature, outputs)
    return Call(model, servable, signature_name, arrays, outputs)


def _check_names(signature, inputs):
    sent, required = set(inputs), set(signature.inputs)
    if len(sent) > len(required) or (len(sent) < len(required) and not signature.defaults):
        raise invalid(
            f"input size does not match signature: {len(sent)}!={len(required)} len({_names(sent)}) != "
            f"len({_names(required)}). Sent extra: {_names(sent - required)}. "
            f"Missing but required: {_names(required - sent)}."
        )


def _default(signature, name):
    if name not in signature.defaults:
        raise invalid(
            f"Signature input alias: {name}(feed name: {signature.inputs[name].name}) not found in request and no "
            f"default value provided. Inputs expected to be in the set {_names(signature.inputs)}."
        )
    return signature.defaults[name]


def _check_outputs(signature, outputs):
    for index, name in enumerate(outputs):
        if name not in signature.outputs:
            raise invalid(
                f"output tensor alias not found in signature: {name} Outputs expected to be in the set "
                f"{_names(signature.outputs)}."
            )
        if name in outputs[:index]:
            raise invalid(f"duplicate output tensor alias: {name}")


def _array(name, position, value, dtype, max_bytes):
    if isinstance(value, np.ndarray):
        return value
    if value.dtype != dtype.as_datatype_enum:
        raise invalid(f"Expects arg[{position}] to be {dtype.name} but {_type_name(value.dtype)} is provided")
    # A proto of a few bytes may promise any number of elements: each missing one repeats the last.
    if math.prod(dim.size for dim in value.tensor_shape.dim) * (dtype.size or _STRING_BYTES) > max_bytes:
        raise invalid(f"Expected tensors of at most {max_bytes} bytes, received: a larger shape of {name}")
    try:
        # TensorFlow's own reading of a proto: short lists repeat their last value, long ones are cut, integers wrap.
        return tf.io.parse_tensor(value.SerializeToString(), dtype).numpy()
    except (tf.errors.OpError, ValueError):
        raise invalid(f"tensor parsing error: {name}") from None


def _type_name(number):
    try:
        return tf.as_dtype(number).name
    except TypeError:
        return f"DataType {number}"


def _names(names):
    return "{" + ",".join(sorted(names)) + "}"
