import keras
import numpy as np
import pytest
from keras import ops

from keras_gans.networks import layers as ours
from keras_gans.networks.layers import Conv2DTranspose

MAPS = np.random.default_rng(0).normal(size=(2, 5, 4, 6)).astype("float32")


@pytest.mark.parametrize("size", range(1, 8))
@pytest.mark.parametrize(
    "options",
    [
        {"filters": 1, "strides": 2, "padding": "same"},
        {"filters": 3, "strides": 2, "padding": "same", "use_bias": False, "activation": "tanh"},
        {"filters": 5, "strides": 2, "padding": "same"},
        {"filters": 1, "strides": 2, "padding": "valid"},
        {"filters": 1, "strides": 1, "padding": "same"},
        {"filters": 1, "strides": (2, 1), "padding": "same"},
    ],
    ids=str,
)
def test_computes_what_the_layer_of_keras_computes(options, size):
    options = {**options, "kernel_size": size, "bias_initializer": "normal"}
    layer, theirs = Conv2DTranspose(**options), keras.layers.Conv2DTranspose(**options)
    layer.build(MAPS.shape)
    theirs.build(MAPS.shape)
    theirs.set_weights(layer.get_weights())
    expected = ops.convert_to_numpy(theirs(MAPS))
    np.testing.assert_allclose(ops.convert_to_numpy(layer(MAPS)), expected, rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize(("size", "by_shuffle"), [(2, True), (3, False), (4, True), (5, True), (6, True), (7, False)])
def test_images_come_by_pixel_shuffle(size, by_shuffle, monkeypatch):
    layer = Conv2DTranspose(1, size, strides=2, padding="same")
    layer.build(MAPS.shape)
    called = []
    monkeypatch.setattr(keras.layers.Conv2DTranspose, "call", lambda self, inputs: called.append(1) or inputs)
    layer(MAPS)
    assert bool(called) is not by_shuffle


def test_takes_keras_weights_from_files(tmp_path):
    """Networks of either layer read each other's files: Keras names a file's entries after the class."""
    twins = [
        keras.Sequential([keras.Input((5, 4, 6)), layers.Conv2DTranspose(1, 5, 2, padding="same")])
        for layers in (keras.layers, ours)
    ]
    twins[0].save_weights(tmp_path / "twin.weights.h5")
    twins[1].load_weights(tmp_path / "twin.weights.h5")
    np.testing.assert_array_equal(twins[0].get_weights()[0], twins[1].get_weights()[0])
