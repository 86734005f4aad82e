"""Exports in use: a client, the configuration of TensorFlow Serving, and a local server that speaks its protocols."""

from keras_gans.serving.client import Client
from keras_gans.serving.config_writer import write_configs
from keras_gans.serving.errors import ServingError

__all__ = ["Client", "ServingError", "write_configs"]
