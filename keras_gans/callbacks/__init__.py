"""Callbacks: what happens beside training."""

from keras_gans.callbacks.diagnostics import Diagnostics
from keras_gans.callbacks.divergence_alarm import DivergenceAlarm
from keras_gans.callbacks.quality_evaluation import QualityEvaluation
from keras_gans.callbacks.resume import Resume
from keras_gans.callbacks.sample_grid import SampleGrid

__all__ = ["Diagnostics", "DivergenceAlarm", "QualityEvaluation", "Resume", "SampleGrid"]
