"""Alarms: each reads one number of every examination, and says when it has been bad for too long."""

from keras_gans.diagnostics.alarms.alarm import Alarm
from keras_gans.diagnostics.alarms.collapse import Collapse
from keras_gans.diagnostics.alarms.discriminator_wins import DiscriminatorWins
from keras_gans.diagnostics.alarms.large_gradients import LargeGradients
from keras_gans.diagnostics.alarms.memorizes import Memorizes


def defaults():
    """One of each, with their default limits."""
    return [Collapse(), DiscriminatorWins(), LargeGradients(), Memorizes()]


__all__ = ["Alarm", "Collapse", "DiscriminatorWins", "LargeGradients", "Memorizes", "defaults"]
