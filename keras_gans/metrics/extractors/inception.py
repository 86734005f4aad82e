"""The Inception network of the published FID and IS numbers, through TensorFlow Hub."""

import warnings

import numpy as np

from keras_gans.metrics.extractors.extractor import Activations, Extractor, flat, scaled
from keras_gans.metrics.extractors.saved_model import folder_digest

HANDLE = "https://tfhub.dev/tensorflow/tfgan/eval/inception/1"
SIZE = 299


class Inception(Extractor):
    """TF-GAN's frozen Inception graph of 2015: features are `pool_3` (2,048), logits the 1,008 `logits`.

    Grey images are repeated to three channels; all are resized to 299x299 bilinearly and mapped to [-1, 1].
    `keras.applications.InceptionV3` is another network, whose scores cannot be compared with published ones.

    Needs TensorFlow and tensorflow-hub, and once a network connection; later the cache of TensorFlow Hub serves.

    Args:
        handle: of the module on TensorFlow Hub, or the path of a copy.

    Raises:
        ImportError: without tensorflow-hub.
        OSError: where the module can be neither downloaded nor found; the message says what to do.
    """

    name = "inception"
    image_shape = (None, None, None)

    def __init__(self, handle=HANDLE):
        try:
            with warnings.catch_warnings(action="ignore"):  # of tensorflow-hub about its own imports
                import tensorflow_hub
        except ImportError as error:
            raise ImportError(
                f"Expected the package tensorflow-hub for the extractor inception, received: {error}"
            ) from error
        try:
            path = tensorflow_hub.resolve(handle)
            self._module = tensorflow_hub.load(path)
        except Exception as error:  # the cause may be any of the network's and the file system's errors
            raise OSError(
                f"Expected the Inception module at {handle}: it needs a network connection once, a filled "
                f"TFHUB_CACHE_DIR, or Inception(handle=FOLDER) with a downloaded copy; received: {error}. Without it "
                "score with an extractor of the zoo, or with a model of your own (ModelExtractor)."
            ) from error
        self.sha256 = folder_digest(path)

    def activations(self, images):
        import tensorflow as tf

        if images.shape[-1] == 1:
            images = np.repeat(images, 3, axis=-1)
        resized = tf.image.resize(scaled(images, (-1.0, 1.0)), (SIZE, SIZE), method="bilinear")
        outputs = self._module(resized)
        return Activations(flat(outputs["pool_3"]), flat(outputs["logits"]))
