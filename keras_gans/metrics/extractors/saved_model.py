"""A TensorFlow SavedModel as an extractor."""

import hashlib
import pathlib

from keras_gans.metrics.extractors.extractor import Activations, Extractor, flat, scaled


class SavedModelExtractor(Extractor):
    """Features are a named output of a signature of a SavedModel that takes one float32 batch of images.

    The identity covers all files of the SavedModel and the arguments. Needs TensorFlow.

    Args:
        path: folder of the SavedModel.
        features: name of the output that is the features.
        logits: name of the output that is the logits, or None.
        signature: name of the signature.
        input_range: what 0..255 is mapped to, e.g. (-1, 1), (0, 1) or (0, 255).
        name: of the extractor, by default the folder's.

    Raises:
        OSError: where `path` holds no SavedModel.
        ValueError: for an unknown signature or output; the message lists what there is.
    """

    def __init__(self, path, features, logits=None, signature="serving_default", input_range=(-1.0, 1.0), name=None):
        import tensorflow as tf

        path = pathlib.Path(path)
        self._model = tf.saved_model.load(str(path))
        signatures = self._model.signatures
        if signature not in signatures:
            raise ValueError(f"Expected a signature of {path} ({', '.join(signatures)}), received: {signature!r}")
        self._function = signatures[signature]
        inputs = self._function.structured_input_signature[1]
        if len(inputs) != 1:
            raise ValueError(f"Expected a signature with one input, received: {', '.join(inputs)}")
        ((self._input, spec),) = inputs.items()
        for output in filter(None, (features, logits)):
            if output not in self._function.structured_outputs:
                known = ", ".join(sorted(self._function.structured_outputs))
                raise ValueError(f"Expected an output of {signature!r} ({known}), received: {output!r}")
        self.features, self.logits, self.input_range = features, logits, tuple(input_range)
        self.name = name or path.name
        self.image_shape = tuple(spec.shape[1:])
        self.sha256 = folder_digest(path, repr((features, logits, signature, self.input_range)))

    def activations(self, images):
        import tensorflow as tf

        outputs = self._function(**{self._input: tf.constant(scaled(images, self.input_range))})
        logits = None if self.logits is None else flat(outputs[self.logits])
        return Activations(flat(outputs[self.features]), logits)


def folder_digest(path, arguments=""):
    """sha256 over the names and contents of all files of a SavedModel and over `arguments`, hexadecimal."""
    digest = hashlib.sha256(arguments.encode())
    for file in sorted(file for file in pathlib.Path(path).rglob("*") if file.is_file()):
        digest.update(file.relative_to(path).as_posix().encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()
