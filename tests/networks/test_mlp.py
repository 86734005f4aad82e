import keras
import numpy as np
import pytest

from keras_gans.networks import MLPDiscriminator, MLPGenerator


def rates(network):
    return [layer.rate for layer in network.layers if isinstance(layer, keras.layers.Dropout)]


def test_parameter_counts_of_the_papers_mnist_networks():
    assert MLPGenerator().count_params() == 101 * 1200 + 1201 * 1200 + 1201 * 784
    assert MLPDiscriminator().count_params() == 785 * 1200 + 241 * 1200 + 241


def test_dropout_is_the_papers_on_images_and_off_on_flat_data():
    assert rates(MLPDiscriminator()) == [0.2, 0.5, 0.5]
    assert rates(MLPDiscriminator(image_shape=(2,))) == [0, 0, 0]
    assert rates(MLPDiscriminator(image_shape=(2,), input_dropout=0.1, dropout=0.3)) == [0.1, 0.3, 0.3]
    assert rates(MLPDiscriminator(input_dropout=0, dropout=0)) == [0, 0, 0]


def test_flat_data_is_not_bounded():
    generator = MLPGenerator(image_shape=(2,), latent_dim=2)
    points = keras.ops.convert_to_numpy(generator(np.full((3, 2), 1000, "float32")))
    assert points.shape == (3, 2) and np.abs(points).max() > 1
    assert MLPDiscriminator(image_shape=(2,))(points).shape == (3, 1)


def test_networks_of_the_mode_coverage_benchmarks():
    """PacGAN's: 2-400x4-2 with BatchNormalization and no bias but the last; maxout 200x3 of 5 pieces."""
    normal = keras.initializers.RandomNormal(0.0, 0.02)
    generator = MLPGenerator((2,), 2, (400,) * 4, batch_normalization=True, initializer=normal)
    assert generator.count_params() == 2 * 400 + 3 * 400 * 400 + 4 * 4 * 400 + 401 * 2
    discriminator = MLPDiscriminator((2,), (200,) * 3, maxout=5, initializer=normal)
    assert discriminator.count_params() == 3 * 1000 + 2 * 201 * 1000 + 201
    kernels = [layer.kernel.numpy() for layer in discriminator.layers if isinstance(layer, keras.layers.Dense)]
    assert 0.018 < kernels[1].std() < 0.022
    assert not np.array_equal(kernels[1], kernels[2])


def test_plain_layers_instead_of_maxout():
    network = MLPDiscriminator((2,), (512, 512), maxout=None, activation="relu")
    assert network.count_params() == 3 * 512 + 513 * 512 + 513


def test_a_wrong_shape_is_named():
    with pytest.raises(ValueError, match=r"Expected .* received: image_shape=\(28, 28\)"):
        MLPGenerator(image_shape=(28, 28))
