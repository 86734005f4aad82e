"""One train step of every game from fixed weights and fixed random numbers, for comparison between backends.

Run as a script it writes the new weights of this backend: python tests/backends/one_step.py reference.npz
"""

import sys
from unittest import mock

import keras
import numpy as np

from keras_gans import registry
from keras_gans.testing import tiny


def new_weights(name, **compile_arguments):
    """All weights of both networks after one step of the game, as `{"game/index": array}`."""
    cls = registry.lookup("game", name)
    model = tiny.game(cls, **compile_arguments)
    for number, network in enumerate((model.generator, model.discriminator)):
        rng = np.random.default_rng(number)
        network.set_weights([_fixed(rng, weight.shape, path) for weight, path in _weights(network)])
    data = tiny.batch(model, 8 * model.discriminator_steps)
    images, labels = data if isinstance(data, tuple) else (data, None)
    with mock.patch.object(keras.random, "normal", _normal), mock.patch.object(keras.random, "uniform", _uniform):
        model.fit(images, labels, batch_size=8, epochs=1, shuffle=False, verbose=0)
    weights = model.generator.get_weights() + model.discriminator.get_weights()
    return {f"{name}/{index}": weight for index, weight in enumerate(weights)}


def _weights(network):
    return [
        (weight.numpy() if hasattr(weight, "numpy") else np.asarray(weight), weight.path) for weight in network.weights
    ]


def _fixed(rng, shape, path):
    if path.endswith(("gamma", "moving_variance")):
        return np.ones(shape, "float32")
    return rng.normal(0.0, 0.3, shape).astype("float32")


# The numbers depend on the shape alone, so that it does not matter how often a backend traces the step.


def _normal(shape, seed=None, **options):
    return _tensor(np.random.default_rng(1).normal(size=_static(shape)))


def _uniform(shape, seed=None, **options):
    return _tensor(np.random.default_rng(2).uniform(size=_static(shape)))


def _static(shape):
    return tuple(8 if not isinstance(size, int) else size for size in shape)


def _tensor(values):
    return keras.ops.convert_to_tensor(values.astype("float32"))


if __name__ == "__main__":
    np.savez(sys.argv[1], **{key: value for name in registry.names("game") for key, value in new_weights(name).items()})
