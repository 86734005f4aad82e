"""Constraints: what the discriminator's weights may be."""

from keras_gans.constraints.clip_weights import ClipWeights
from keras_gans.constraints.constraint import Constraint

__all__ = ["ClipWeights", "Constraint"]
