"""Objectives: what each player minimises, as arithmetic on the discriminator's scores."""

from keras_gans.objectives.non_saturating import NonSaturating
from keras_gans.objectives.objective import Objective

__all__ = ["NonSaturating", "Objective"]
