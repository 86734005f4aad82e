"""TensorFlow Serving's three configuration files: read, checked, written, in protobuf text format."""

import collections
import os
import pathlib
import urllib.parse

from google.protobuf import text_format

from keras_gans.serving.errors import invalid
from keras_gans.serving.protos import message_class

LABELS_FLAG = "--allow_version_labels_for_unavailable_models=true"
"""A server whose config has version labels exits at its start without this flag (tensorflow/serving#1413)."""


def model_server_config():
    """An empty `ModelServerConfig`."""
    from tensorflow_serving.config import model_server_config_pb2

    return model_server_config_pb2.ModelServerConfig()


def read_models(path):
    """The checked `ModelServerConfig` of a `--model_config_file`."""
    return check_models(_parse(path, model_server_config()))


def read_batching(path):
    """The checked `BatchingParameters` of a `--batching_parameters_file`."""
    return check_batching(_parse(path, message_class("BatchingParameters")()))


def read_monitoring(path):
    """The `MonitoringConfig` of a `--monitoring_config_file`."""
    return _parse(path, message_class("MonitoringConfig")())


def to_text(message):
    """A configuration as protobuf text, each string on one line."""
    return text_format.MessageToString(message, use_short_repeated_primitives=False)


def check_models(config):
    """Returns the `ModelServerConfig`, or raises INVALID_ARGUMENT with the words of TensorFlow Serving."""
    if config.WhichOneof("config") not in (None, "model_config_list"):
        raise invalid(f"Expected a model_config_list, received: {config.WhichOneof('config')}")
    models = config.model_config_list.config
    for name, count in collections.Counter(model.name for model in models).items():
        if count > 1:
            raise invalid(f"Illegal to list model {name} multiple times in config list")
    for model in models:
        _check_model(model)
    return config


def _check_model(model):
    if not model.name:
        raise invalid("Expected a model name, received: name=''")
    if not (os.path.isabs(model.base_path) or urllib.parse.urlparse(model.base_path).scheme):
        raise invalid(f"Expected model {model.name} to have an absolute path or URI; got base_path()={model.base_path}")
    if not model.model_platform and not model.model_type:
        raise invalid(
            "Illegal setting neither ModelServerConfig::model_type (deprecated) nor "
            f"ModelServerConfig::model_platform, model name is {model.name}"
        )
    if model.model_platform and model.model_platform != "tensorflow":
        raise invalid(f"Expected the platform 'tensorflow', received: model_platform={model.model_platform!r}")
    for label, version in model.version_labels.items():
        if version < 1 or not label:
            raise invalid(f"Expected labels of versions of at least 1, received: {label!r}: {version}")


def check_batching(parameters):
    """Returns the `BatchingParameters`, or raises INVALID_ARGUMENT where TensorFlow Serving would exit."""
    for name in ("max_batch_size", "max_enqueued_batches", "num_batch_threads", "max_execution_batch_size"):
        if parameters.HasField(name) and getattr(parameters, name).value < 1:
            raise invalid(f"Expected at least 1, received: {name}={getattr(parameters, name).value}")
    if parameters.batch_timeout_micros.value < 0:
        raise invalid(f"Expected at least 0, received: batch_timeout_micros={parameters.batch_timeout_micros.value}")
    sizes = list(parameters.allowed_batch_sizes)
    if sizes and sizes != sorted(set(sizes)):
        raise invalid(f"Expected increasing numbers, received: allowed_batch_sizes={sizes}")
    largest = value(parameters, "max_batch_size", 1000)
    if sizes and sizes[-1] != largest:
        raise invalid(f"Expected allowed_batch_sizes to end with max_batch_size={largest}, received: {sizes}")
    if parameters.max_execution_batch_size.value > largest:
        raise invalid(
            "Expected a max_execution_batch_size of at most max_batch_size, received: "
            f"{parameters.max_execution_batch_size.value}"
        )
    return parameters


def largest_batch(parameters):
    """The most rows that are ever executed together."""
    largest = value(parameters, "max_batch_size", 1000)
    if parameters.enable_large_batch_splitting.value:
        return value(parameters, "max_execution_batch_size", largest)
    return largest


def value(parameters, name, default):
    """The value of a wrapped field, or TensorFlow Serving's default where it is not set."""
    return getattr(parameters, name).value if parameters.HasField(name) else default


def _parse(path, message):
    try:
        return text_format.Parse(pathlib.Path(path).read_text(), message)
    except (OSError, UnicodeDecodeError, text_format.ParseError) as error:
        kind = type(message).__name__
        raise invalid(f"Expected a {kind} in protobuf text format, received: {path}: {error}") from None
