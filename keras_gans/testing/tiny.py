"""Networks and data that train in milliseconds."""

import keras
import numpy as np
from keras import layers

IMAGE_SHAPE, LATENT_DIM = (8, 8, 1), 4


def generator(batch_normalization=True, image_shape=IMAGE_SHAPE, latent_dim=LATENT_DIM):
    """Dense, [BatchNormalization,] ConvTranspose, tanh."""
    height, width, channels = image_shape
    parts = [layers.Dense(height * width, use_bias=not batch_normalization), layers.LeakyReLU(0.2)]
    if batch_normalization:
        parts.insert(1, layers.BatchNormalization(momentum=0.9))
    parts += [
        layers.Reshape((height // 2, width // 2, 4)),
        layers.Conv2DTranspose(channels, 3, strides=2, padding="same", activation="tanh", dtype="float32"),
    ]
    return keras.Sequential([keras.Input((latent_dim,)), *parts], name="generator")


def discriminator(batch_normalization=False, dropout=0.0, image_shape=IMAGE_SHAPE):
    """Conv, [BatchNormalization,] LeakyReLU, [Dropout,] Dense."""
    parts = [layers.Conv2D(4, 3, strides=2, padding="same"), layers.LeakyReLU(0.2)]
    if batch_normalization:
        parts.insert(1, layers.BatchNormalization(momentum=0.9))
    if dropout:
        parts.append(layers.Dropout(dropout, seed=1))
    parts += [layers.Flatten(), layers.Dense(1, dtype="float32")]
    return keras.Sequential([keras.Input(image_shape), *parts], name="discriminator")


def game(cls, seed=0, dropout=0.0, generator_batch_normalization=True, **compile_arguments):
    """A compiled game of tiny networks with weights from `seed`."""
    keras.utils.set_random_seed(seed)
    model = cls(generator(generator_batch_normalization), discriminator(dropout=dropout), seed=seed)
    model.compile(**compile_arguments)
    return model


def images(n=64, image_shape=IMAGE_SHAPE, seed=0):
    """Random float32 images in [-1, 1]."""
    return np.random.default_rng(seed).uniform(-1.0, 1.0, (n, *image_shape)).astype("float32")
