"""BatchingParameters and MonitoringConfig, which the package `tensorflow-serving-api` leaves out.

The messages are built from TensorFlow Serving's field names, types and numbers in a private descriptor pool, so that
they cannot clash with a package that brings the real ones.
"""

import functools

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory, wrappers_pb2

_FIELD = descriptor_pb2.FieldDescriptorProto
_INTEGER, _FLAG, _TEXT = ".google.protobuf.Int64Value", ".google.protobuf.BoolValue", ".google.protobuf.StringValue"

_BATCHING = (
    ("max_batch_size", 1, _INTEGER),
    ("batch_timeout_micros", 2, _INTEGER),
    ("max_enqueued_batches", 3, _INTEGER),
    ("num_batch_threads", 4, _INTEGER),
    ("thread_pool_name", 5, _TEXT),
    ("allowed_batch_sizes", 6, "repeated int64"),
    ("pad_variable_length_inputs", 7, "bool"),
    ("enable_large_batch_splitting", 8, _FLAG),
    ("max_execution_batch_size", 9, _INTEGER),
)
_PROMETHEUS = (("enable", 1, "bool"), ("path", 2, "string"))
_MONITORING = (("prometheus_config", 1, ".tensorflow.serving.PrometheusConfig"),)

_SCALARS = {"bool": _FIELD.TYPE_BOOL, "string": _FIELD.TYPE_STRING, "int64": _FIELD.TYPE_INT64}


@functools.cache
def message_class(name):
    """The message class "BatchingParameters", "PrometheusConfig" or "MonitoringConfig"."""
    return message_factory.GetMessageClass(_pool().FindMessageTypeByName(f"tensorflow.serving.{name}"))


@functools.cache
def _pool():
    pool = descriptor_pool.DescriptorPool()
    wrappers = descriptor_pb2.FileDescriptorProto()
    wrappers_pb2.DESCRIPTOR.CopyToProto(wrappers)
    pool.Add(wrappers)
    file = descriptor_pb2.FileDescriptorProto(
        name="keras_gans/serving.proto",
        package="tensorflow.serving",
        syntax="proto3",
        dependency=[wrappers_pb2.DESCRIPTOR.name],
    )
    _add_message(file, "BatchingParameters", _BATCHING)
    _add_message(file, "PrometheusConfig", _PROMETHEUS)
    _add_message(file, "MonitoringConfig", _MONITORING)
    pool.Add(file)
    return pool


def _add_message(file, name, fields):
    message = file.message_type.add(name=name)
    for field_name, number, kind in fields:
        field = message.field.add(name=field_name, number=number, label=_FIELD.LABEL_OPTIONAL)
        if kind.startswith("repeated "):
            field.label, kind = _FIELD.LABEL_REPEATED, kind.removeprefix("repeated ")
        if kind.startswith("."):
            field.type, field.type_name = _FIELD.TYPE_MESSAGE, kind
        else:
            field.type = _SCALARS[kind]
