"""Networks of the user's: Keras models by a layer's name, SavedModels by an output's."""

import keras
import numpy as np
import pytest
from keras import layers

from keras_gans.metrics import extractors
from keras_gans.metrics.extractors import Extractor, ModelExtractor, SavedModelExtractor

IMAGES = np.random.default_rng(0).integers(0, 256, (5, 8, 8, 1), dtype=np.uint8)


@pytest.fixture
def network():
    keras.utils.set_random_seed(1)
    parts = [
        layers.Conv2D(3, 3, name="maps"),
        layers.Flatten(),
        layers.Dense(6, name="dense"),
        layers.Dense(2, name="out"),
    ]
    return keras.Sequential([keras.Input((8, 8, 1)), *parts], name="mine")


def expected(network, scale=2.0 / 255, offset=-1.0):
    inputs = IMAGES.astype("float32") * scale + offset
    maps = keras.ops.convert_to_numpy(network.layers[0](inputs))
    return maps.mean(axis=(1, 2)), keras.ops.convert_to_numpy(network(inputs))


def test_maps_are_averaged_and_logits_are_an_output(network):
    features, logits = ModelExtractor(network, features="maps", logits="out")(IMAGES)
    for received, wanted in zip((features, logits), expected(network)):
        np.testing.assert_allclose(received, wanted, rtol=1e-4, atol=1e-5)


def test_input_range(network):
    features, logits = ModelExtractor(network, features="maps", input_range=(0, 255))(IMAGES)
    np.testing.assert_allclose(features, expected(network, 1.0, 0.0)[0], rtol=1e-4, atol=1e-3)
    assert logits is None


def test_the_identity_covers_weights_layers_and_range(network):
    first = ModelExtractor(network, "maps")
    assert first.identity == ModelExtractor(network, "maps").identity
    assert first.name == "mine" and first.image_shape == (8, 8, 1)
    others = [ModelExtractor(network, "dense"), ModelExtractor(network, "maps", input_range=(0, 1))]
    network.layers[0].bias.assign([1.0, 0.0, 0.0])
    others.append(ModelExtractor(network, "maps"))
    assert len({extractor.sha256 for extractor in (first, *others)}) == 4


def test_an_unknown_layer_lists_the_layers(network):
    with pytest.raises(ValueError, match=r"a layer of mine \(maps, flatten.*received: 'mpas'"):
        ModelExtractor(network, "mpas")


def test_two_inputs_are_refused():
    inputs = [keras.Input((8, 8, 1)), keras.Input((2,))]
    with pytest.raises(ValueError, match="one input, received: two with 2"):
        ModelExtractor(keras.Model(inputs, inputs, name="two"), "maps")


def test_a_keras_file_with_a_layer(network, tmp_path):
    network.save(tmp_path / "mine.keras")
    found = extractors.get(f"{tmp_path}/mine.keras:maps,out")
    np.testing.assert_allclose(found(IMAGES).features, expected(network)[0], rtol=1e-4, atol=1e-5)
    assert found(IMAGES).logits.shape == (5, 2)


@pytest.fixture
def saved_model(network, tmp_path):
    import tensorflow as tf

    two = keras.Model(network.inputs[0], {"maps": network.layers[0].output, "logits": network.layers[-1].output})
    module = tf.Module()
    module.network = two
    signature = tf.function(lambda images: two(images, training=False)).get_concrete_function(
        tf.TensorSpec((None, 8, 8, 1), tf.float32, name="images")
    )
    tf.saved_model.save(module, tmp_path / "saved", signatures=signature)
    return tmp_path / "saved"


def test_a_saved_model_with_outputs(network, saved_model):
    extractor = SavedModelExtractor(saved_model, features="maps", logits="logits")
    assert extractor.image_shape == (8, 8, 1) and extractor.name == "saved"
    for found in (extractor, extractors.get(f"{saved_model}:maps,logits")):
        for received, wanted in zip(found(IMAGES), expected(network)):
            np.testing.assert_allclose(received, wanted, rtol=1e-4, atol=1e-5)
        assert found.identity == extractor.identity
    assert SavedModelExtractor(saved_model, features="maps").sha256 != extractor.sha256
    with pytest.raises(ValueError, match=r"Expected an output of 'serving_default' \(logits, maps\), received: 'mpas'"):
        SavedModelExtractor(saved_model, features="mpas")
    with pytest.raises(ValueError, match=r"Expected a signature of .* \(serving_default\), received: 'predict'"):
        SavedModelExtractor(saved_model, features="maps", signature="predict")


def test_a_folder_without_a_saved_model(tmp_path):
    with pytest.raises(OSError, match="SavedModel"):
        SavedModelExtractor(tmp_path, features="maps")


def test_three_lines_make_an_extractor():
    class Mean(Extractor):
        name, sha256 = "mean", "0" * 64

        def activations(self, images):
            return extractors.Activations(images.mean(axis=(1, 2)), None)

    features, logits = Mean()(IMAGES, batch_size=2)
    np.testing.assert_allclose(features, IMAGES.mean(axis=(1, 2)))
    assert logits is None and repr(Mean()) == "Mean(mean@000000000000)"
