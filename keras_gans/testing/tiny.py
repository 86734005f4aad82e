"""Networks and data that train in milliseconds."""

import math

import keras
import numpy as np
from keras import layers

from keras_gans.networks.layers import Dropout

IMAGE_SHAPE, LATENT_DIM, NUM_CLASSES = (8, 8, 1), 4, 3


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
        parts.append(Dropout(dropout, seed=1))
    parts += [layers.Flatten(), layers.Dense(1, dtype="float32")]
    return keras.Sequential([keras.Input(image_shape), *parts], name="discriminator")


def labelled(network, num_classes=NUM_CLASSES):
    """The network with integer labels as its second input: a learned vector for each class is added to the first."""
    inputs, labels = keras.Input(network.input_shape[1:]), keras.Input((), dtype="int32")
    told = layers.Embedding(num_classes, math.prod(inputs.shape[1:]))(labels)
    told = layers.Reshape(inputs.shape[1:])(told)
    return keras.Model([inputs, labels], network(layers.Add()([inputs, told])), name=network.name)


def predicting(network, outputs):
    """The discriminator with a dictionary of outputs: one score, and three numbers for every other name."""
    features = network.layers[-2].output
    heads = {name: layers.Dense(1 if name == "scores" else 3, dtype="float32", name=name) for name in outputs}
    return keras.Model(network.inputs[0], {name: head(features) for name, head in heads.items()}, name=network.name)


def game(cls, seed=0, dropout=0.0, generator_batch_normalization=True, **compile_arguments):
    """A compiled game of tiny networks with weights from `seed`."""
    keras.utils.set_random_seed(seed)
    players = {
        "generator": generator(generator_batch_normalization),
        "discriminator": discriminator(dropout=dropout, image_shape=cls.judged_shape(IMAGE_SHAPE, **cls.small)),
    }
    if cls.discriminator_outputs != ("scores",):
        players["discriminator"] = predicting(players["discriminator"], cls.discriminator_outputs)
    for player in cls.takes_labels:
        players[player] = labelled(players[player])
    model = cls(**players, seed=seed, **cls.small)
    model.compile(**compile_arguments)
    return model


def batch(model, n=8, seed=0):
    """What `fit` takes from the pipeline: images, and labels where the game uses them."""
    if model.num_classes is None:
        return images(n, seed=seed)
    return images(n, seed=seed), labels(n, model.num_classes)


def labels(n=64, num_classes=NUM_CLASSES):
    """int32 labels 0, 1, ..., 0, 1, ..."""
    return np.arange(n, dtype="int32") % num_classes


def images(n=64, image_shape=IMAGE_SHAPE, seed=0):
    """Random float32 images in [-1, 1]."""
    return np.random.default_rng(seed).uniform(-1.0, 1.0, (n, *image_shape)).astype("float32")
