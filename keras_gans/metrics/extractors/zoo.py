"""Our own classifiers, as they lie in the zoo: a description, weights, and their sha256."""

import hashlib
import json
import pathlib

from keras import ops

from keras_gans import zoo_folder
from keras_gans.images import to_float
from keras_gans.metrics.extractors.extractor import Activations, Extractor
from keras_gans.metrics.extractors.network import classifier

WEIGHTS = "classifier.weights.h5"
DESCRIPTION = "extractor.json"


def zoo_path():
    """The folder of the extractors."""
    return zoo_folder.zoo_path() / "extractors"


def zoo_names():
    """Sorted names of the classifiers in the zoo."""
    return sorted(path.parent.name for path in zoo_path().glob(f"*/{DESCRIPTION}"))


class ZooClassifier(Extractor):
    """A small classifier trained by `keras_gans.metrics.extractors.train`.

    Features are the rectified 128 outputs of its last but one layer. The sha256 of the weights file is checked before
    anything is read from it.

    Args:
        folder: with `extractor.json` and `classifier.weights.h5`.

    Raises:
        FileNotFoundError: where one of the files is missing.
        ValueError: where the description is damaged, or the weights file is not the described one.
    """

    def __init__(self, folder):
        folder = pathlib.Path(folder)
        self.description = _read(folder / DESCRIPTION)
        self.name = self.description["name"]
        self.sha256 = self.description["files"][WEIGHTS]["sha256"]
        received = hashlib.sha256((folder / WEIGHTS).read_bytes()).hexdigest()
        if received != self.sha256:
            raise ValueError(f"Expected {folder / WEIGHTS} with sha256 {self.sha256}, received: {received}")
        self.network = classifier(**self.description["network"])
        self.network.load_weights(folder / WEIGHTS)
        self.image_shape = tuple(self.description["network"]["image_shape"])

    def activations(self, images):
        outputs = self.network(to_float(images), training=False)
        return Activations(*(ops.convert_to_numpy(outputs[name]) for name in ("features", "logits")))


def _read(path):
    """The description of a classifier, with all entries that are used of it."""
    try:
        description = json.loads(path.read_text(encoding="utf-8"))
        _ = description["name"], description["network"]["image_shape"], description["files"][WEIGHTS]["sha256"]
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"Expected the description of an extractor in {path}, received: {error!r}") from None
    return description
