"""Generative adversarial networks for Keras 3.

On the JAX and PyTorch backends `import keras_gans` loads no TensorFlow: the rooms that need it are loaded when a name
of theirs is used.
"""

import importlib
import os
import sys

from keras_gans._version import __version__

_PUBLIC = {
    "ACGAN": "keras_gans.models",
    "AdversarialModel": "keras_gans.models",
    "ConditionalGAN": "keras_gans.models",
    "DRAGAN": "keras_gans.models",
    "FGAN": "keras_gans.models",
    "GAN": "keras_gans.models",
    "HingeGAN": "keras_gans.models",
    "InfoGAN": "keras_gans.models",
    "LSGAN": "keras_gans.models",
    "NSGAN": "keras_gans.models",
    "PacGAN": "keras_gans.models",
    "ProjectionGAN": "keras_gans.models",
    "SemiSupervisedGAN": "keras_gans.models",
    "UnrolledGAN": "keras_gans.models",
    "WGAN": "keras_gans.models",
    "WGANGP": "keras_gans.models",
    "export": "keras_gans.exports",
    "from_preset": "keras_gans.presets",
    "load_run": "keras_gans.runs",
    "register": "keras_gans.registry",
}
_ROOMS = (
    "callbacks",
    "constraints",
    "data",
    "diagnostics",
    "distribution",
    "evaluation",
    "explorer",
    "exports",
    "images",
    "interop",
    "latent_space",
    "latents",
    "metrics",
    "models",
    "networks",
    "objectives",
    "penalties",
    "presets",
    "registry",
    "runs",
    "serving",
    "testing",
    "tricks",
)
__all__ = ["__version__", *_PUBLIC, *_ROOMS]


def __getattr__(name):
    if name in _PUBLIC:
        return getattr(importlib.import_module(_PUBLIC[name]), name)
    if name in _ROOMS:
        return importlib.import_module(f"keras_gans.{name}")
    raise AttributeError(f"module 'keras_gans' has no attribute {name!r}")


def __dir__():
    return sorted(__all__)


# Keras can load a file only after the classes in it are registered. The command line registers them itself, after it
# has answered --help and has held back TensorFlow's start-up notes.
if not os.path.basename(sys.argv[0]).startswith("keras-gans"):
    importlib.import_module("keras_gans.registry").import_rooms()
