"""Any Keras model as an extractor."""

import hashlib
import json

import keras
from keras import ops

from keras_gans.metrics.extractors.extractor import Activations, Extractor, flat, scaled


class ModelExtractor(Extractor):
    """Features are the output of a layer of a functional or sequential `keras.Model`, by the layer's name.

        ModelExtractor(keras.applications.MobileNetV2(), features="global_average_pooling2d", logits="predictions")

    Maps of features are averaged over their places. The identity covers configuration, weights and arguments.

    Args:
        model: from images `(batch, height, width, channels)`.
        features: name of the layer whose output are the features.
        logits: name of the layer whose output are the logits (not probabilities), or None.
        input_range: what 0..255 is mapped to, e.g. (-1, 1), (0, 1) or (0, 255).
        name: of the extractor, by default the model's.

    Raises:
        ValueError: for a model that has no such layer, whose layers the message lists, or several inputs.
    """

    def __init__(self, model, features, logits=None, input_range=(-1.0, 1.0), name=None):
        if len(model.inputs) != 1:
            raise ValueError(f"Expected a model with one input, received: {model.name} with {len(model.inputs)}")
        outputs = {"features": _layer(model, features).output}
        if logits is not None:
            outputs["logits"] = _layer(model, logits).output
        self.network = keras.Model(model.inputs[0], outputs)
        self.name = name or model.name
        self.image_shape = tuple(model.input_shape[1:])
        self.input_range = tuple(input_range)
        self.sha256 = _digest(model, [features, logits, list(input_range)])

    def activations(self, images):
        outputs = self.network(scaled(images, self.input_range), training=False)
        arrays = {name: flat(ops.convert_to_numpy(output)) for name, output in outputs.items()}
        return Activations(arrays["features"], arrays.get("logits"))


def _layer(model, name):
    names = [layer.name for layer in model.layers]
    if name not in names:
        raise ValueError(f"Expected the name of a layer of {model.name} ({', '.join(names)}), received: {name!r}")
    return model.get_layer(name)


def _digest(model, arguments):
    digest = hashlib.sha256(json.dumps([keras.saving.serialize_keras_object(model), arguments]).encode())
    for weight in model.get_weights():
        digest.update(weight.tobytes())
    return digest.hexdigest()
