"""Penalties: what the discriminator's gradient should look like."""

from keras_gans.penalties.fake_gradient import FakeGradient
from keras_gans.penalties.interpolated_gradient import InterpolatedGradient
from keras_gans.penalties.penalty import Penalty
from keras_gans.penalties.perturbed_gradient import PerturbedGradient
from keras_gans.penalties.real_gradient import RealGradient

__all__ = ["FakeGradient", "InterpolatedGradient", "Penalty", "PerturbedGradient", "RealGradient"]
