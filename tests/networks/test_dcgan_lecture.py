import keras

from keras_gans.networks import DCGANLectureDiscriminator, DCGANLectureGenerator
from keras_gans.networks.layers import Dropout


def test_parameter_counts_are_the_lectures():
    assert DCGANLectureGenerator().count_params() == 2_330_944
    assert DCGANLectureDiscriminator().count_params() == 212_865


def test_generator_is_the_reference_layer_by_layer():
    layers = keras.layers
    reference = keras.Sequential(
        [
            keras.Input((100,)),
            layers.Dense(7 * 7 * 256, use_bias=False),
            layers.BatchNormalization(),
            layers.LeakyReLU(),
            layers.Reshape((7, 7, 256)),
            layers.Conv2DTranspose(128, (5, 5), strides=(1, 1), padding="same", use_bias=False),
            layers.BatchNormalization(),
            layers.LeakyReLU(),
            layers.Conv2DTranspose(64, (5, 5), strides=(2, 2), padding="same", use_bias=False),
            layers.BatchNormalization(),
            layers.LeakyReLU(),
            layers.Conv2DTranspose(1, (5, 5), strides=(2, 2), padding="same", use_bias=False, activation="tanh"),
        ]
    )
    assert_same_layers(DCGANLectureGenerator(), reference)


def test_discriminator_is_the_reference_layer_by_layer():
    layers = keras.layers
    reference = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(64, (5, 5), strides=(2, 2), padding="same"),
            layers.LeakyReLU(),
            Dropout(0.3),
            layers.Conv2D(128, (5, 5), strides=(2, 2), padding="same"),
            layers.LeakyReLU(),
            Dropout(0.3),
            layers.Flatten(),
            layers.Dense(1),
        ]
    )
    assert_same_layers(DCGANLectureDiscriminator(), reference)


def assert_same_layers(network, reference):
    ours = [comparable(layer) for layer in network.layers if not isinstance(layer, keras.layers.InputLayer)]
    assert ours == [comparable(layer) for layer in reference.layers]


def comparable(layer):
    """A layer's config without its name, its data type and its random seeds' values."""
    config = {key: value for key, value in layer.get_config().items() if key not in ("name", "dtype")}
    return type(layer).__name__, config
