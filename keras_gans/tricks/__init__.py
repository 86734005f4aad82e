"""Tricks: the heuristics that lectures and papers recommend, usable with every game."""

from keras_gans.tricks.balanced_updates import BalancedUpdates
from keras_gans.tricks.feature_matching import FeatureMatching
from keras_gans.tricks.flipped_labels import FlippedLabels
from keras_gans.tricks.historical_averaging import HistoricalAveraging
from keras_gans.tricks.instance_noise import InstanceNoise
from keras_gans.tricks.replay import Replay
from keras_gans.tricks.soft_labels import SoftLabels
from keras_gans.tricks.sparring_partners import SparringPartners
from keras_gans.tricks.trick import Shown, Trick
from keras_gans.tricks.update_gate import UpdateGate

__all__ = [
    "BalancedUpdates",
    "FeatureMatching",
    "FlippedLabels",
    "HistoricalAveraging",
    "InstanceNoise",
    "Replay",
    "Shown",
    "SoftLabels",
    "SparringPartners",
    "Trick",
    "UpdateGate",
]
