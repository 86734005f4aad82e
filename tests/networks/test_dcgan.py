import keras
import numpy as np
import pytest

from keras_gans.networks import DCGANDiscriminator, DCGANGenerator
from keras_gans.networks.layers.spectral_normalization import SpectralNormalization


def maps(network, kind):
    return [layer.output.shape[1:] for layer in network.layers if isinstance(layer, kind)]


def test_64x64_has_the_papers_channels():
    generator = DCGANGenerator(image_shape=(64, 64, 3))
    assert maps(generator, keras.layers.Reshape) == [(4, 4, 1024)]
    assert maps(generator, keras.layers.Conv2DTranspose) == [(8, 8, 512), (16, 16, 256), (32, 32, 128), (64, 64, 3)]
    discriminator = DCGANDiscriminator(image_shape=(64, 64, 3))
    assert maps(discriminator, keras.layers.Conv2D) == [(32, 32, 128), (16, 16, 256), (8, 8, 512), (4, 4, 1024)]


def test_28x28_doubles_through_7():
    generator = DCGANGenerator(image_shape=(28, 28, 1), width=1 / 16)
    assert maps(generator, keras.layers.Reshape) == [(4, 4, 32)]
    assert maps(generator, keras.layers.BatchNormalization) == [(4, 4, 32), (7, 7, 16), (14, 14, 8)]


@pytest.mark.parametrize("shape", [(16, 16, 1), (16, 128, 1), (128, 20, 2), (52, 100, 3), (36, 28, 4), (128, 128, 3)])
def test_any_size_and_any_channels(shape):
    generator = DCGANGenerator(image_shape=shape, width=1 / 64, latent_dim=5)
    discriminator = DCGANDiscriminator(image_shape=shape, width=1 / 64)
    images = generator(np.ones((2, 5), "float32"))
    assert images.shape == (2, *shape)
    assert discriminator(images).shape == (2, 1)


@pytest.mark.parametrize(
    "shape, fault",
    [
        ((17, 28, 1), "height=17"),
        ((28, 12, 1), "width=12"),
        ((28, 132, 1), "width=132"),
        ((28, 28), r"image_shape=\(28, 28\)"),
    ],
)
@pytest.mark.parametrize("player", [DCGANGenerator, DCGANDiscriminator])
def test_a_wrong_size_is_named(player, shape, fault):
    with pytest.raises(ValueError, match=f"Expected.*received: {fault}"):
        player(image_shape=shape)


def test_batch_normalization_is_everywhere_but_at_generators_end_and_discriminators_start():
    kinds = [type(layer).__name__ for layer in DCGANGenerator(width=1 / 16).layers]
    assert kinds.count("BatchNormalization") == 3 and kinds[-1] == "Conv2DTranspose"
    kinds = [type(layer).__name__ for layer in DCGANDiscriminator(width=1 / 16).layers]
    assert kinds.count("BatchNormalization") == 2 and kinds[1:3] == ["Conv2D", "LeakyReLU"]


def test_initial_weights_are_the_papers():
    keras.utils.set_random_seed(0)
    generator = DCGANGenerator(width=1 / 4)
    kernels = [layer.kernel.numpy() for layer in generator.layers if hasattr(layer, "kernel")]
    gains = [layer.gamma.numpy() for layer in generator.layers if isinstance(layer, keras.layers.BatchNormalization)]
    for values, mean in [(kernel, 0) for kernel in kernels] + [(np.concatenate(gains), 1)]:
        assert abs(values.mean() - mean) < 0.005
        assert 0.017 < values.std() < 0.023
    batch_normalization = generator.layers[3]
    assert (batch_normalization.momentum, batch_normalization.epsilon) == (0.9, 1e-5)


def test_normalization_of_the_discriminator():
    plain = DCGANDiscriminator(width=1 / 16, normalization=None)
    spectral = DCGANDiscriminator(width=1 / 16, normalization="spectral")
    assert maps(plain, keras.layers.BatchNormalization) == maps(spectral, keras.layers.BatchNormalization) == []
    assert len(maps(spectral, SpectralNormalization)) == 4
    assert plain.count_params() == spectral.count_params() - (8 + 16 + 32 + 1)  # one u of each layer's channels
    with pytest.raises(ValueError, match="received: normalization='instance'"):
        DCGANDiscriminator(normalization="instance")


def test_width_scales_all_inner_layers():
    half, full = (DCGANDiscriminator(image_shape=(32, 32, 1), width=width) for width in (0.5, 1.0))
    assert maps(half, keras.layers.Conv2D) == [(16, 16, 64), (8, 8, 128), (4, 4, 256)]
    assert maps(full, keras.layers.Conv2D) == [(16, 16, 128), (8, 8, 256), (4, 4, 512)]
    with pytest.raises(ValueError, match="received: width=0"):
        DCGANGenerator(width=0)
