"""The numbers that make it itself: steps equal to the optimizers' own, a closed form, and finite differences."""

from unittest import mock

import keras
import numpy as np
import pytest
from keras import layers, ops

from keras_gans import backend
from keras_gans.models import GAN, UnrolledGAN, look_ahead
from keras_gans.models.adversarial import Batch
from keras_gans.objectives import Minimax
from keras_gans.penalties import RealGradient
from keras_gans.testing import tiny
from keras_gans.tricks import Shown

OPTIMIZERS = [
    keras.optimizers.SGD(0.1),
    keras.optimizers.SGD(0.1, momentum=0.9, nesterov=True),
    keras.optimizers.Adam(0.1, beta_1=0.5),
    keras.optimizers.Adam(keras.optimizers.schedules.ExponentialDecay(0.1, 1, 0.5), amsgrad=True, global_clipnorm=1.0),
    keras.optimizers.RMSprop(0.1, momentum=0.5, centered=True),
    keras.optimizers.Adamax(0.1),
]


def points_game(objective="minimax", activation="tanh", **compile_arguments):
    """Networks of smooth units on points in the plane, whose gradients finite differences can check."""
    keras.utils.set_random_seed(0)
    generator = keras.Sequential([keras.Input((2,)), layers.Dense(4, activation=activation), layers.Dense(2)])
    discriminator = keras.Sequential([keras.Input((2,)), layers.Dense(8, activation=activation), layers.Dense(1)])
    model = UnrolledGAN(generator, discriminator)
    model.compile(objective=objective, **compile_arguments)
    return model


def points(seed, n=16):
    return ops.convert_to_tensor(np.random.default_rng(seed).normal(size=(n, 2)).astype("float32"))


def generator_loss(model, real, latents):
    """G's loss of a step, as a number; nothing of the model changes."""
    shown = Shown(real, model.generator(latents, training=True), latents=latents)
    losses = model.losses_against_opponent(shown)
    return float(ops.convert_to_numpy(ops.mean(losses["generator_loss"])))


def generator_gradient(model, real, latents):
    """The gradients that a step of G has, read off a step of SGD with rate 1."""
    before = _copies(model.generator)
    with mock.patch.object(model, "sample_inputs", lambda n: latents):
        model.update_generator(Batch(real))
    gradient = [old - new for old, new in zip(before, _copies(model.generator))]
    model.generator.set_weights(before)
    return gradient


def _copies(network):
    return [np.array(weight) for weight in network.get_weights()]


@pytest.mark.parametrize("optimizer", OPTIMIZERS, ids=lambda optimizer: type(optimizer).__name__)
def test_steps_ahead_are_the_optimizers_own(optimizer):
    """Two steps in a scope give the weights and slots that two real steps give, from slots that are not zero."""
    optimizer = optimizer.from_config(optimizer.get_config())
    weights = [keras.Variable(np.random.default_rng(0).normal(size=shape)) for shape in ((3, 2), (2,))]
    gradients = [ops.convert_to_tensor(np.full(weight.shape, 0.3, "float32")) for weight in weights]
    optimizer.build(weights)
    optimizer.apply(gradients, weights)
    everything = [*weights, *optimizer.variables]
    with backend.nested_scope() as scope:
        for _ in range(2):
            look_ahead.step(optimizer, gradients, weights)
    ahead = [scope.get_current_value(variable) for variable in everything]
    unchanged = int(optimizer.iterations)
    for _ in range(2):
        optimizer.apply(gradients, weights)
    assert unchanged == 1 and int(optimizer.iterations) == 3
    for variable, value in zip(everything, ahead):
        value = variable if value is None else value  # a learning rate
        np.testing.assert_allclose(*(ops.convert_to_numpy(x) for x in (value, variable)), rtol=1e-5, atol=1e-6)


def test_no_steps_ahead_is_the_plain_game():
    recipe = {name: value for name, value in UnrolledGAN.recipe().items() if name != "unrolled_steps"}
    models = [tiny.game(UnrolledGAN, unrolled_steps=0, dropout=0.0), tiny.game(GAN, **recipe)]
    for model in models:
        model.fit(tiny.images(24), batch_size=8, shuffle=False, verbose=0)
    for mine, its in zip(models[0].get_weights(), models[1].get_weights(), strict=True):
        np.testing.assert_array_equal(mine, its)


def test_closed_form_of_a_linear_critic():
    """D(x) = w x, G(z) = z + b, distance delta = mean x - mean G: w_K = w + K rate delta, G's loss is w_K delta."""
    real, latents = (ops.reshape(points(seed)[:, 0], (-1, 1)) for seed in (0, 1))
    generator = keras.Sequential([keras.Input((1,)), layers.Dense(1)])
    critic = keras.Sequential([keras.Input((1,)), layers.Dense(1, use_bias=False)])
    generator.set_weights([np.ones((1, 1)), np.array([0.25])])
    critic.set_weights([np.full((1, 1), 0.5)])
    model = UnrolledGAN(generator, critic)
    sgd = {"generator_optimizer": keras.optimizers.SGD(1.0), "discriminator_optimizer": keras.optimizers.SGD(0.1)}
    model.compile(objective="wasserstein", unrolled_steps=4, **sgd)
    delta = float(ops.convert_to_numpy(ops.mean(real) - ops.mean(latents))) - 0.25
    assert generator_loss(model, real, latents) == pytest.approx((0.5 + 4 * 0.1 * delta) * delta, rel=1e-5)
    _, slope = generator_gradient(model, real, latents)
    assert slope[0] == pytest.approx(-(0.5 + 2 * 4 * 0.1 * delta), rel=1e-4)
    np.testing.assert_array_equal(critic.get_weights()[0], [[0.5]])


@pytest.mark.parametrize(
    ("optimizer", "objective", "penalties"),
    [
        (keras.optimizers.SGD(0.5), "minimax", []),
        (keras.optimizers.Adam(0.05, beta_1=0.5), "minimax", []),
        (keras.optimizers.SGD(0.5), "non_saturating", []),
        (keras.optimizers.SGD(0.2), "relativistic", [RealGradient(1.0)]),
    ],
    ids=["sgd", "adam", "non_saturating", "penalty"],
)
def test_gradient_equals_finite_differences(optimizer, objective, penalties):
    optimizer = optimizer.from_config(optimizer.get_config())
    model = points_game(
        objective,
        penalties=penalties,
        unrolled_steps=3,
        generator_optimizer=keras.optimizers.SGD(1.0),
        discriminator_optimizer=optimizer,
    )
    real, latents = points(0), points(1)
    for _ in range(5):  # so that Adam's slots are not those of the first step, where it has a kink
        model.update_discriminator(Batch(real))
    gradient = generator_gradient(model, real, latents)
    start = _copies(model.generator)
    norm = np.sqrt(sum(np.sum(part**2) for part in gradient))
    slopes = []
    for step in (3e-3, -3e-3):
        model.generator.set_weights([weight + step * part / norm for weight, part in zip(start, gradient)])
        slopes.append(generator_loss(model, real, latents) / 6e-3)
    assert slopes[0] - slopes[1] == pytest.approx(norm, rel=1e-2)
    model.generator.set_weights(start)
    model.unrolled_steps = 0
    plain = generator_gradient(model, real, latents)
    distance = np.sqrt(sum(np.sum((a - b) ** 2) for a, b in zip(gradient, plain)))
    assert distance > 0.05 * norm, "the steps ahead must matter for this test to mean something"


def test_looking_ahead_leaves_weights_and_slots_alone():
    model = tiny.game(UnrolledGAN, dropout=0.3, constraints=["clip_weights"])
    model.fit(tiny.images(8), batch_size=8, verbose=0)
    kept = [*model.discriminator.variables, *model.discriminator_optimizer.variables]
    kept = [variable for variable in kept if not variable.path.endswith("seed_generator_state")]
    before = [np.array(ops.convert_to_numpy(variable)) for variable in kept]
    model.update_generator(Batch(ops.convert_to_tensor(tiny.images(8))))
    for variable, value in zip(kept, before):
        np.testing.assert_array_equal(ops.convert_to_numpy(variable), value, err_msg=variable.path)


def test_dead_units_leave_gradients_finite():
    """A unit that never fires has zero slots in Adam, where the root's slope is infinite."""
    model = points_game(activation="relu", unrolled_steps=2, generator_optimizer=keras.optimizers.SGD(1.0))
    kernel, bias, *others = _copies(model.discriminator)
    model.discriminator.set_weights([kernel, bias - 100.0, *others])
    gradient = generator_gradient(model, points(0), points(1))
    assert all(np.isfinite(part).all() for part in gradient)


def test_refusals():
    with pytest.raises(ValueError, match="unrolled_steps=-1"):
        tiny.game(UnrolledGAN, unrolled_steps=-1)
    for optimizer in (keras.optimizers.Nadam(), keras.optimizers.AdamW()):
        with pytest.raises(ValueError, match=type(optimizer).__name__):
            tiny.game(UnrolledGAN, discriminator_optimizer=optimizer)
    tiny.game(UnrolledGAN, discriminator_optimizer="nadam", unrolled_steps=0)


def test_recipe():
    model = tiny.game(UnrolledGAN)
    assert isinstance(model.objective, Minimax) and model.unrolled_steps == 5
    assert tiny.game(UnrolledGAN, unrolled_steps=10).get_compile_config()["unrolled_steps"] == 10
