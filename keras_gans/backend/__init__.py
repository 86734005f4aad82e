"""The only place that knows a framework's autodiff; the module follows `keras.backend.backend()`."""

import importlib

import keras

_MODULE = importlib.import_module(f"keras_gans.backend.{keras.backend.backend()}")

Trainer = _MODULE.Trainer
global_mean = _MODULE.global_mean
input_gradient = _MODULE.input_gradient
value_and_gradients = _MODULE.value_and_gradients

__all__ = ["Trainer", "global_mean", "input_gradient", "value_and_gradients"]
