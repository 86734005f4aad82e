import keras
import numpy as np
import pytest
from keras import ops

from keras_gans import registry
from keras_gans.diagnostics.gradients import gradient_norms, largest
from keras_gans.models import GAN
from keras_gans.testing import tiny


@pytest.mark.parametrize("name", registry.names("game"))
def test_every_game_can_be_looked_at_and_is_left_as_it_was(name):
    game = tiny.game(registry.lookup("game", name), dropout=0.2)
    images, labels = tiny.images(12), None if game.num_classes is None else tiny.labels(12, game.num_classes)
    state = [*game.variables, *game.optimizer.variables, *game.metrics_variables]
    before = [np.copy(ops.convert_to_numpy(variable)) for variable in state]
    norms = gradient_norms(game, images, labels)
    assert set(norms) == {"generator", "discriminator"}
    for player, layers in norms.items():
        expected = {variable.path.rpartition("/")[0] for variable in getattr(game, player).trainable_variables}
        assert set(layers) == expected and all(np.isfinite(norm) and norm >= 0 for norm in layers.values())
        assert max(layers.values()) > 0
    for variable, value in zip(state, before):
        np.testing.assert_array_equal(ops.convert_to_numpy(variable), value, err_msg=variable.path)
    assert "descend" not in vars(game)


def test_the_norms_are_those_of_the_step():
    """With plain gradient descent at a rate of 1, a step is the gradient."""
    game = tiny.game(
        GAN, generator_optimizer=keras.optimizers.SGD(1.0), discriminator_optimizer=keras.optimizers.SGD(1.0)
    )
    images = tiny.images(8)
    norms = gradient_norms(game, images)["discriminator"]
    weights = game.discriminator.trainable_variables
    before = [np.copy(ops.convert_to_numpy(weight)) for weight in weights]
    game.update_discriminator(game.discriminator_batches(images)[0])
    moved = {}
    for weight, value in zip(weights, before):
        layer = weight.path.rpartition("/")[0]
        moved[layer] = moved.get(layer, 0.0) + float(np.sum((ops.convert_to_numpy(weight) - value) ** 2))
    for layer, square in moved.items():
        assert norms[layer] == pytest.approx(np.sqrt(square), rel=1e-3), layer


def test_the_largest_is_named_and_nan_is_larger():
    norms = {"generator": {"a": 1.0, "b": 3.0}, "discriminator": {"c": 2.0}}
    assert largest(norms) == ("generator", "b", 3.0)
    norms["discriminator"]["c"] = float("nan")
    assert largest(norms)[1] == "c"
