import keras
import pytest

from keras_gans.networks import InfoGANDiscriminator, InfoGANGenerator


def test_parameter_counts_of_the_papers_mnist_networks():
    # Dense and ConvTranspose kernels, four numbers per channel of each BatchNormalization, the last bias
    generator = 64 * 1024 + 1024 * 6272 + 4 * 4 * 128 * 64 + 4 * 4 * 64 + 1 + 4 * (1024 + 6272 + 64)
    assert InfoGANGenerator().count_params() == generator
    discriminator = (16 * 64 + 64) + 16 * 64 * 128 + 6272 * 1024 + (1024 + 1) + 4 * (128 + 1024)
    assert InfoGANDiscriminator().count_params() == discriminator


def test_batch_normalization_of_the_discriminator_is_on_the_second_convolution_and_the_dense_layer():
    def shapes(normalization):
        network = InfoGANDiscriminator(width=1 / 16, normalization=normalization)
        batch = [layer for layer in network.layers if isinstance(layer, keras.layers.BatchNormalization)]
        return [layer.output.shape[1:] for layer in batch]

    assert shapes("batch") == [(7, 7, 8), (64,)]
    assert shapes(None) == shapes("spectral") == []


def test_a_side_that_is_no_multiple_of_four_is_named():
    with pytest.raises(ValueError, match="Expected a width .* multiple of 4, received: width=30"):
        InfoGANGenerator(image_shape=(28, 30, 1))
