"""The only place that knows a framework: its autodiff, and the operations that Keras does not offer."""

import importlib

import keras

from keras_gans.backend.scopes import call_without_updates, keep_seed_states, nested_scope

_MODULE = importlib.import_module(f"keras_gans.backend.{keras.backend.backend()}")

Together = _MODULE.Together
Trainer = _MODULE.Trainer
evaluate_if = _MODULE.evaluate_if
fused_batch_normalization = _MODULE.fused_batch_normalization
input_gradient = _MODULE.input_gradient
leaky_relu = _MODULE.leaky_relu
mean_of_replicas = _MODULE.mean_of_replicas
of_replica = _MODULE.of_replica
random_bytes = _MODULE.random_bytes
replicas = _MODULE.replicas
value_and_gradients = _MODULE.value_and_gradients
weight_gradients = _MODULE.weight_gradients

__all__ = [
    "Together",
    "Trainer",
    "call_without_updates",
    "evaluate_if",
    "fused_batch_normalization",
    "input_gradient",
    "keep_seed_states",
    "leaky_relu",
    "mean_of_replicas",
    "nested_scope",
    "of_replica",
    "random_bytes",
    "replicas",
    "value_and_gradients",
    "weight_gradients",
]
