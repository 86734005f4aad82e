"""The network of our own classifiers: small enough for a repository, good enough to measure with."""

import keras
from keras import layers


def classifier(image_shape=(28, 28, 1), classes=10, width=24, features=128, dtype="float32"):
    """An untrained classifier with the two outputs that metrics read, as a functional `keras.Model`.

    Three stages of 3x3 convolutions with batch normalization, each halved by max pooling, then a dense layer whose
    rectified output is the layer "features", then the layer "logits".

    Args:
        image_shape: (height, width, channels) of images in [-1, 1].
        classes: number of logits.
        width: channels of the first stage; the others have 2 and 4 times as many.
        features: number of features.
        dtype: Keras dtype policy of the hidden layers; named here, since a run in bfloat16 changes the global one, and
            a score must not depend on what is trained beside it.

    Returns:
        A model from images `(batch, *image_shape)` to `{"features": (batch, features), "logits": (batch, classes)}`.
    """
    images = keras.Input(image_shape, name="images")
    x = _halved(_convolution(images, width, dtype), dtype)
    for channels in (2 * width, 4 * width):
        x = _halved(_convolution(_convolution(x, channels, dtype), channels, dtype), dtype)
    x = layers.Dropout(0.3, dtype=dtype)(layers.Flatten(dtype=dtype)(x))
    outputs = layers.Dense(features, activation="relu", dtype="float32", name="features")(x)
    logits = layers.Dense(classes, dtype="float32", name="logits")(outputs)
    return keras.Model(images, {"features": outputs, "logits": logits}, name="classifier")


def _convolution(x, channels, dtype):
    x = layers.Conv2D(channels, 3, padding="same", use_bias=False, dtype=dtype)(x)
    return layers.ReLU(dtype=dtype)(layers.BatchNormalization(dtype=dtype)(x))


def _halved(x, dtype):
    return layers.MaxPooling2D(dtype=dtype)(x)
