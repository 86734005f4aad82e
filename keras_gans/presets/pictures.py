"""The picture of a preset: always of the same seeds, so that it can be drawn again and compared."""

from keras_gans import images
from keras_gans.callbacks.sample_grid import draw
from keras_gans.presets.probe import labels_for

_ROWS = 8


def first_samples(model):
    """One uint8 picture of the first seeds: 64 samples, or of a conditional game 8 rows with a column per class."""
    classes = getattr(model, "num_classes", None)
    if classes is None:
        return draw(model.sample(_ROWS * _ROWS))
    n = _ROWS * classes
    return images.grid(model.sample(n, labels=labels_for(model, n)), columns=classes)
