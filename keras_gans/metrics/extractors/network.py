"""The network of our own classifiers: small enough for a repository, good enough to measure with."""

import keras
from keras import layers


def classifier(image_shape=(28, 28, 1), classes=10, width=24, features=128):
    """An untrained classifier with the two outputs that metrics read, as a functional `keras.Model`.

    Three stages of 3x3 convolutions with batch normalization, each halved by max pooling, then a dense layer whose
    rectified output is the layer "features", then the layer "logits".

    Args:
        image_shape: (height, width, channels) of images in [-1, 1].
        classes: number of logits.
        width: channels of the first stage; the others have 2 and 4 times as many.
        features: number of features.

    Returns:
        A model from images `(batch, *image_shape)` to `{"features": (batch, features), "logits": (batch, classes)}`.
    """
    images = keras.Input(image_shape, name="images")
    x = layers.MaxPooling2D()(_convolution(images, width))
    x = layers.MaxPooling2D()(_convolution(_convolution(x, 2 * width), 2 * width))
    x = layers.MaxPooling2D()(_convolution(_convolution(x, 4 * width), 4 * width))
    x = layers.Dropout(0.3)(layers.Flatten()(x))
    outputs = layers.Dense(features, activation="relu", dtype="float32", name="features")(x)
    logits = layers.Dense(classes, dtype="float32", name="logits")(outputs)
    return keras.Model(images, {"features": outputs, "logits": logits}, name="classifier")


def _convolution(x, channels):
    x = layers.Conv2D(channels, 3, padding="same", use_bias=False)(x)
    return layers.ReLU()(layers.BatchNormalization()(x))
