"""Exports: games as SavedModels that TensorFlow Serving answers requests with, checked before they are published."""

from keras_gans.exports.exporter import export
from keras_gans.exports.verification import verify

__all__ = ["export", "verify"]
