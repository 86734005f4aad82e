"""`keras-gans bench speed`: our train step beside those that users would write or pick instead."""

from keras_gans.benchmarks.speed.measure import run
from keras_gans.benchmarks.speed.report import table

__all__ = ["run", "table"]
