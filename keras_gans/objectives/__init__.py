"""Objectives: what each player minimises, as arithmetic on the discriminator's scores."""

from keras_gans.objectives.f_divergence import FDivergence
from keras_gans.objectives.hinge import Hinge
from keras_gans.objectives.least_squares import LeastSquares
from keras_gans.objectives.minimax import Minimax
from keras_gans.objectives.non_saturating import NonSaturating
from keras_gans.objectives.objective import Objective
from keras_gans.objectives.relativistic import Relativistic
from keras_gans.objectives.wasserstein import Wasserstein

__all__ = [
    "FDivergence",
    "Hinge",
    "LeastSquares",
    "Minimax",
    "NonSaturating",
    "Objective",
    "Relativistic",
    "Wasserstein",
]
