"""Penalties: what the discriminator's gradient should look like."""

from keras_gans.penalties.interpolated_gradient import InterpolatedGradient
from keras_gans.penalties.penalty import Penalty

__all__ = ["InterpolatedGradient", "Penalty"]
