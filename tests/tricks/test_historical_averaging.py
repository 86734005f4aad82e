import keras
import numpy as np
import pytest
from keras import ops

from keras_gans import backend
from keras_gans.models import NSGAN
from keras_gans.testing import tiny
from keras_gans.tricks import HistoricalAveraging


def test_mean_is_over_the_weights_at_compile_and_after_each_step():
    trick = HistoricalAveraging(weight=0.5)
    optimizer = keras.optimizers.SGD(0.1)
    model = tiny.game(NSGAN, tricks=[trick], discriminator_optimizer=optimizer, run_eagerly=True)
    path = [model.discriminator.get_weights()]
    for _ in range(3):
        model.fit(tiny.images(4), batch_size=4, verbose=0)
        path.append(model.discriminator.get_weights())
    means = [np.mean(weights, axis=0) for weights in zip(*path)]
    for mean, expected in zip(trick.means["discriminator"], means):
        np.testing.assert_allclose(ops.convert_to_numpy(mean), expected, rtol=1e-4, atol=1e-6)
    losses = trick.losses(model, "discriminator", {}, None)
    distance = sum(np.sum((weight - mean) ** 2) for weight, mean in zip(path[-1], means))
    assert float(losses["discriminator_history_loss"]) == pytest.approx(0.5 * distance, rel=1e-3)


def test_its_gradient_pulls_to_the_mean():
    """2 w (theta - mean)."""
    trick = HistoricalAveraging(weight=3.0, players=["generator"])
    model = tiny.game(NSGAN, tricks=[trick])
    trick.means["generator"][0].assign(model.generator.get_weights()[0] - 0.5)

    def loss():
        return trick.losses(model, "generator", {}, None)["generator_history_loss"]

    _, gradients = backend.value_and_gradients(loss, model.generator.trainable_variables)
    np.testing.assert_allclose(ops.convert_to_numpy(gradients[0]), 3.0, rtol=1e-5)
    np.testing.assert_array_equal(ops.convert_to_numpy(gradients[1]), 0.0)
    assert "discriminator_history_loss" not in model.tracked()


@pytest.mark.parametrize("arguments", [{"weight": -1}, {"players": []}, {"players": ["encoder"]}])
def test_refuses(arguments):
    with pytest.raises(ValueError, match="received"):
        HistoricalAveraging(**arguments)
