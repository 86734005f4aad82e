"""Networks whose features and logits metrics read."""

import pathlib

import keras

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
        identifier: an `Extractor`; one of `names()`; a folder that `keras_gans.metrics.extractors.train` wrote; or a
            network of your own that takes images in [-1, 1], "model.keras:FEATURES[,LOGITS]" with names of layers, or
            "saved_model:FEATURES[,LOGITS]" with names of outputs. An identity `name@sha256` is checked.

    Raises:
        OSError: where a file is missing, or the network for "inception".
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
    path, _, outputs = name.rpartition(":")
    features, _, logits = outputs.partition(",")
    if path.endswith(".keras"):
        if not pathlib.Path(path).is_file():
            raise FileNotFoundError(f"Expected a saved Keras model, received: {path}")
        return ModelExtractor(keras.saving.load_model(path), features, logits or None)
    if path and pathlib.Path(path).is_dir():
        return SavedModelExtractor(path, features, logits or None)
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
