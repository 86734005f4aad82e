"""Generative adversarial networks for Keras 3."""

import importlib

from keras_gans import callbacks, constraints, latents, models, networks, objectives, penalties, registry
from keras_gans._version import __version__
from keras_gans.models import DRAGAN, FGAN, GAN, LSGAN, NSGAN, WGAN, WGANGP, AdversarialModel, HingeGAN
from keras_gans.registry import register
from keras_gans.runs import load_run

_LAZY = ("data", "interop")


def __getattr__(name):
    # Rooms that not every user enters are loaded when they are.
    if name in _LAZY:
        return importlib.import_module(f"keras_gans.{name}")
    raise AttributeError(f"module 'keras_gans' has no attribute {name!r}")


__all__ = [
    "AdversarialModel",
    "DRAGAN",
    "FGAN",
    "GAN",
    "HingeGAN",
    "LSGAN",
    "NSGAN",
    "WGAN",
    "WGANGP",
    "__version__",
    "callbacks",
    "constraints",
    "data",
    "interop",
    "latents",
    "load_run",
    "models",
    "networks",
    "objectives",
    "penalties",
    "register",
    "registry",
]
