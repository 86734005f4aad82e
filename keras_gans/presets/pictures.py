"""The picture of a preset: always of the same seeds, so that it can be drawn again and compared."""

from keras_gans import images
from keras_gans.callbacks.sample_grid import draw

_ROWS = 8


def first_samples(model):
    """One uint8 picture of the first seeds: 64 samples, or where labels are taken 8 rows with a column per class."""
    if "generator" in model.takes_labels:
        return images.grid(model.sample(_ROWS * model.num_classes), columns=model.num_classes)
    return draw(model.sample(_ROWS * _ROWS))
