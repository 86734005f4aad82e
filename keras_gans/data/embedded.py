"""The data sets that need no download: one class in one file of this folder each, found by its registered name."""

import keras_gans.data
from keras_gans.data.source import Source
from keras_gans.registry import import_modules

_CLASSES = {}  # name -> class


def register(name):
    """Registers an embedded data set under its lookup name, e.g. `@register("digits")`."""

    def decorate(cls):
        _CLASSES[name] = cls
        cls.registered_name = name
        return cls

    return decorate


def classes():
    """Every embedded data set: name -> class, sorted."""
    import_modules(keras_gans.data)
    return dict(sorted(_CLASSES.items()))


class Embedded(Source):
    """A data set that is generated, or comes with a package that is installed anyway. Its docstring describes it."""

    registered_name = None

    @classmethod
    def description(cls):
        """The first line of the docstring."""
        return cls.__doc__.strip().splitlines()[0]

    def __str__(self):
        return f"the embedded data set {self.registered_name!r}"
