"""Scores whose names are protocols and whose results are records."""

from keras_gans.evaluation.evaluator import Evaluator, evaluate
from keras_gans.evaluation.image_sets import ModelSamples, StoredImages, default_split
from keras_gans.evaluation.protocol import Protocol
from keras_gans.evaluation.reference_cache import ReferenceCache
from keras_gans.evaluation.result import Result, to_json

__all__ = [
    "Evaluator",
    "ModelSamples",
    "Protocol",
    "ReferenceCache",
    "Result",
    "StoredImages",
    "default_split",
    "evaluate",
    "to_json",
]
