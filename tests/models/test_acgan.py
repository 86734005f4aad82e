import keras
import numpy as np
import pytest

from keras_gans.models import ACGAN
from keras_gans.testing import tiny


def test_class_losses_are_weighted_cross_entropies():
    game = tiny.game(ACGAN, real_class_weight=2.0, fake_class_weight=0.5, generator_class_weight=0.1)
    logits = np.array([[2.0, 0.0, -1.0], [0.0, 1.0, 0.0]], "float32")
    real = {"scores": np.zeros((2, 1), "float32"), "class_logits": logits}
    fake = {"scores": np.zeros((2, 1), "float32"), "class_logits": -logits}
    labels = keras.ops.convert_to_tensor([0, 2])

    def cross_entropy(logits):
        return np.log(np.exp(logits).sum(axis=1)) - logits[[0, 1], [0, 2]]

    losses = game.discriminator_losses(real, fake, labels, None)
    np.testing.assert_allclose(
        losses["class_loss"], 2 * cross_entropy(logits) + 0.5 * cross_entropy(-logits), rtol=1e-5
    )
    losses = game.generator_losses(fake, None, labels, None)
    np.testing.assert_allclose(losses["generator_class_loss"], 0.1 * cross_entropy(-logits), rtol=1e-5)


def test_the_weights_are_part_of_the_recipe_and_come_back():
    game = tiny.game(ACGAN, fake_class_weight=0.0)
    twin = tiny.game(ACGAN)
    twin.compile_from_config(game.get_compile_config())
    assert (twin.real_class_weight, twin.fake_class_weight, twin.generator_class_weight) == (1.0, 0.0, 1.0)
    with pytest.raises(TypeError, match="fake_clas_weight"):
        tiny.game(ACGAN, fake_clas_weight=0.0)
