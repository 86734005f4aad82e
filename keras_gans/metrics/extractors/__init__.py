"""Networks whose features and logits metrics read."""

import pathlib

from keras_gans.metrics.extractors.extractor import Activations, Extractor
from keras_gans.metrics.extractors.inception import Inception
from keras_gans.metrics.extractors.keras_model import ModelExtractor
from keras_gans.metrics.extractors.saved_model import SavedModelExtractor
from keras_gans.metrics.extractors.zoo import DESCRIPTION, ZooClassifier, zoo_names, zoo_path
from keras_gans.registry import unknown


def names():
    """Names that `get` knows: the classifiers of the zoo, and "inception", which needs a network connection once."""
    return [*zoo_names(), Inception.name]


def get(identifier):
    """An extractor.

    Args:
        identifier: an `Extractor`; one of `names()`, with or without the `@sha256` of an identity, which is then
            checked; or a folder that `keras_gans.metrics.extractors.train` wrote.

    Raises:
        ValueError: for an unknown name (the nearest ones are listed), or one whose sha256 is another.
        TypeError: for anything else.
    """
    if isinstance(identifier, Extractor):
        return identifier
    if not isinstance(identifier, (str, pathlib.Path)):
        raise TypeError(
            f"Expected an Extractor, its name ({', '.join(names())}) or its folder, received: {identifier!r}; "
            "ModelExtractor(model, features=LAYER) makes one of a keras.Model"
        )
    name, _, digest = str(identifier).partition("@")
    extractor = _find(name)
    if not extractor.sha256.startswith(digest):
        raise ValueError(f"Expected the extractor {identifier}, received: {extractor.identity}")
    return extractor


def _find(name):
    if name == Inception.name:
        return Inception()
    if name in zoo_names():
        return ZooClassifier(zoo_path() / name)
    if (pathlib.Path(name) / DESCRIPTION).is_file():
        return ZooClassifier(name)
    raise ValueError(unknown("extractor", name, names()))


__all__ = [
    "Activations",
    "Extractor",
    "Inception",
    "ModelExtractor",
    "SavedModelExtractor",
    "ZooClassifier",
    "get",
    "names",
    "zoo_path",
]
