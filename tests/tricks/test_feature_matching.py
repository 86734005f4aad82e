import keras
import numpy as np
import pytest
from keras import ops

from keras_gans.models import ACGAN, NSGAN
from keras_gans.testing import tiny
from keras_gans.tricks import FeatureMatching, Shown


def game_on_points(**arguments):
    """D's features are twice the points' sums and the sums' rectified negatives."""
    kernel = np.array([[2.0, -1.0], [2.0, -1.0]])
    features = keras.layers.Dense(2, "relu", kernel_initializer=keras.initializers.Constant(kernel), name="features")
    generator = keras.Sequential([keras.Input((2,)), keras.layers.Dense(2)])
    discriminator = keras.Sequential([keras.Input((2,)), features, keras.layers.Dense(1)])
    model = NSGAN(generator, discriminator)
    model.compile(tricks=[FeatureMatching(**arguments)])
    return model


@pytest.mark.parametrize("layer", [None, "features"])
def test_distance_of_mean_features(layer):
    """Real points (1, 0), (3, 0): features (2, 0), (6, 0), mean (4, 0). Fakes (-1, 0), (0, 1): (0, 1), (2, 0), mean
    (1, 0.5). 1/2 (3^2 + 0.5^2) = 4.625, times 2."""
    model = game_on_points(weight=2.0, adversarial_weight=0.1, layer=layer)
    shown = Shown(ops.convert_to_tensor([[1.0, 0.0], [3.0, 0.0]]), ops.convert_to_tensor([[-1.0, 0.0], [0.0, 1.0]]))
    losses = model.tricks[0].losses(model, "generator", {"generator_loss": 7.0}, shown)
    assert float(losses["feature_matching_loss"]) == pytest.approx(9.25)
    assert losses["generator_loss"] == pytest.approx(0.7)
    assert model.tricks[0].losses(model, "discriminator", {}, shown) == {}


def test_features_of_a_discriminator_with_several_outputs():
    model = tiny.game(ACGAN, tricks=["feature_matching"])
    assert model.tricks[0].features.output_shape == (None, 64)


def test_refuses_unknown_layers():
    with pytest.raises(ValueError, match=r"a layer of the discriminator \(.*features.*\), received: 'feature'"):
        game_on_points(layer="feature")


def test_refuses_no_weight():
    with pytest.raises(ValueError, match="received: weight=0"):
        FeatureMatching(weight=0)
