"""Requests that a server replays before a version takes traffic, so that no user waits for the first run of a shape.

`assets.extra/tf_serving_warmup_requests` is a TFRecord file of `PredictionLog`s of TensorFlow Serving. The messages are
built from its field names, types and numbers in a private pool, so that an export does not need its package.
"""

import functools
import pathlib

import numpy as np
import tensorflow as tf
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
from tensorflow.core.framework import tensor_pb2

from keras_gans.serving.config_writer import BATCH_SIZES

FILE = pathlib.Path("assets.extra", "tf_serving_warmup_requests")

_FIELD = descriptor_pb2.FieldDescriptorProto
_PACKAGE = "tensorflow.serving"


def write(folder, signatures):
    """Writes one request per signature and batch size that servers are configured for."""
    path = pathlib.Path(folder) / FILE
    path.parent.mkdir(exist_ok=True)
    with tf.io.TFRecordWriter(str(path)) as writer:
        for signature in signatures:
            for size in BATCH_SIZES:
                inputs = {wanted.name: wanted.examples(size) for wanted in signature.inputs}
                writer.write(encode(signature.name, inputs))


def read(folder):
    """The recorded requests of a version directory: a list of `(signature name, {input name: array})`.

    Raises:
        FileNotFoundError: where there are none.
        ValueError: where the file is damaged.
    """
    path = pathlib.Path(folder) / FILE
    if not path.is_file():
        raise FileNotFoundError(f"Expected recorded requests in {path}, received: no such file")
    try:
        return [decode(record.numpy()) for record in tf.data.TFRecordDataset(str(path), buffer_size=2**18)]
    except (tf.errors.DataLossError, ValueError) as error:
        raise ValueError(f"Expected recorded requests in {path}, received: {error}") from None


def encode(signature, inputs):
    """A serialized `PredictionLog` of a request to a signature with `{input name: array}`."""
    log = _message("PredictionLog")()
    request = log.predict_log.request
    request.model_spec.signature_name = signature
    for name, array in inputs.items():
        request.inputs[name] = _tensor(array).SerializeToString(deterministic=True)
    return log.SerializeToString(deterministic=True)


def decode(record):
    """`(signature name, {input name: array})` of a serialized `PredictionLog`."""
    request = _message("PredictionLog").FromString(record).predict_log.request
    tensors = {name: tf.make_ndarray(tensor_pb2.TensorProto.FromString(raw)) for name, raw in request.inputs.items()}
    return request.model_spec.signature_name, tensors


def _tensor(array):
    # A TensorProto with fewer values than elements repeats the last one.
    if array.size and np.all(array == array.flat[0]):
        return tf.make_tensor_proto(array.flat[0], dtype=array.dtype, shape=array.shape)
    return tf.make_tensor_proto(array)


@functools.cache
def _message(name):
    file = descriptor_pb2.FileDescriptorProto(name="keras_gans/warmup.proto", package=_PACKAGE, syntax="proto3")
    _add(file, "ModelSpec", ("name", 1, "string"), ("signature_name", 3, "string"))
    request = _add(file, "PredictRequest", ("model_spec", 1, "ModelSpec"))
    # A map of TensorProtos; on the wire a message is its bytes.
    entry = _add(request, "InputsEntry", ("key", 1, "string"), ("value", 2, "bytes"))
    entry.options.map_entry = True
    inputs = request.field.add(name="inputs", number=2, label=_FIELD.LABEL_REPEATED, type=_FIELD.TYPE_MESSAGE)
    inputs.type_name = f".{_PACKAGE}.PredictRequest.InputsEntry"
    _add(file, "PredictLog", ("request", 1, "PredictRequest"))
    _add(file, "PredictionLog", ("predict_log", 6, "PredictLog"))
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    return message_factory.GetMessageClass(pool.FindMessageTypeByName(f"{_PACKAGE}.{name}"))


def _add(parent, name, *fields):
    kinds = {"string": _FIELD.TYPE_STRING, "bytes": _FIELD.TYPE_BYTES}
    nested = parent.message_type if hasattr(parent, "message_type") else parent.nested_type
    message = nested.add(name=name)
    for field_name, number, kind in fields:
        field = message.field.add(name=field_name, number=number, label=_FIELD.LABEL_OPTIONAL)
        field.type = kinds.get(kind, _FIELD.TYPE_MESSAGE)
        if kind not in kinds:
            field.type_name = f".{_PACKAGE}.{kind}"
    return message
