"""Tricks: the heuristics that lectures and papers recommend, usable with every game."""

from keras_gans.tricks.trick import Trick

__all__ = ["Trick"]
