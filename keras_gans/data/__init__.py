"""From anything that holds images to batches in [-1, 1]."""

from keras_gans.data.checks import check_images
from keras_gans.data.loading import arrays, load, names

__all__ = ["arrays", "check_images", "load", "names"]
