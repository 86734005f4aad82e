"""What every network family must do, one property a check; for the library's families and for users' own.

for name, check in network_checks(MyNetwork):
    check()  # AssertionError says what does not hold
"""

import functools
import json
import pathlib
import tempfile

import keras
import numpy as np

from keras_gans.networks import is_batch_coupled

BATCH = 4


def network_checks(network, generator=None, discriminator=None):
    """Yields `(name, check)`: every check is called without arguments and raises an AssertionError.

    Args:
        network: a `keras_gans.networks.Network` class; the checks build its players with its `small` options.
        generator: further options of the generator's constructor, a dictionary.
        discriminator: further options of the discriminator's constructor.
    """
    make_generator = functools.partial(network.generator, **{**network.small, **(generator or {})})
    make_discriminator = functools.partial(network.discriminator, **{**network.small, **(discriminator or {})})
    for check in _CHECKS:
        yield check.__name__, functools.partial(check, make_generator, make_discriminator)


def shapes(make_generator, make_discriminator):
    """Latents become images of the declared shape, and the discriminator takes exactly these."""
    generator, discriminator = make_generator(), make_discriminator()
    images = _call(generator, _inputs(generator))
    assert images.shape == (BATCH, *generator.image_shape), images.shape
    assert generator.image_shape == discriminator.image_shape, (generator.image_shape, discriminator.image_shape)
    scores = _scores(discriminator, [images, *_inputs(discriminator)[1:]])
    assert scores.shape[0] == BATCH and scores.shape[-1] == 1, scores.shape


def images_in_range(make_generator, make_discriminator):
    """Images stay in [-1, 1], however large the latents are; flat data has no range."""
    generator = make_generator()
    if len(generator.image_shape) == 3:
        latents, *labels = _inputs(generator)
        images = _call(generator, [100 * latents, *labels])
        assert np.abs(images).max() <= 1, (images.min(), images.max())


def finite(make_generator, make_discriminator):
    """Constant inputs, where every variance is zero, give finite outputs, in training and at inference."""
    for player in (make_generator(), make_discriminator()):
        for value in (-1.0, 0.0, 1.0):
            for training in (False, True):
                first, *labels = _inputs(player)
                outputs = _call(player, [np.full_like(first, value), *labels], training)
                assert np.isfinite(outputs).all(), f"{player.name} at inputs of {value}, training={training}"


def config_round_trip(make_generator, make_discriminator):
    """The config is plain JSON and rebuilds the same class with the same config."""
    for player in (make_generator(), make_discriminator()):
        config = json.loads(json.dumps(player.get_config()))
        rebuilt = type(player).from_config(config)
        assert type(rebuilt) is type(player)
        assert json.dumps(rebuilt.get_config()) == json.dumps(player.get_config())
        assert [weight.shape for weight in rebuilt.weights] == [weight.shape for weight in player.weights]


def saved_round_trip(make_generator, make_discriminator):
    """A `.keras` file gives back the class and the outputs; `.weights.h5` gives them to another instance."""
    for make in (make_generator, make_discriminator):
        player, other = make(), make()
        inputs = _inputs(player)
        _call(player, inputs, training=True)  # moves moving statistics and singular vectors away from their start
        with tempfile.TemporaryDirectory() as folder:
            player.save(pathlib.Path(folder, "player.keras"))
            player.save_weights(pathlib.Path(folder, "player.weights.h5"))
            loaded = keras.saving.load_model(pathlib.Path(folder, "player.keras"))
            other.load_weights(pathlib.Path(folder, "player.weights.h5"))
        assert type(loaded) is type(player), type(loaded)
        np.testing.assert_allclose(_call(loaded, inputs), _call(player, inputs), rtol=1e-6, atol=1e-7)
        np.testing.assert_allclose(_call(other, inputs), _call(player, inputs), rtol=1e-6, atol=1e-7)


def clones(make_generator, make_discriminator):
    """`keras.models.clone_model` gives a network of the same weights' shapes that computes the same with them."""
    for player in (make_generator(), make_discriminator()):
        clone = keras.models.clone_model(player)
        clone.set_weights(player.get_weights())
        inputs = _inputs(player)
        np.testing.assert_allclose(_call(clone, inputs), _call(player, inputs), rtol=1e-6, atol=1e-7)


def rows_independent(make_generator, make_discriminator):
    """At inference a row's output is the same alone and among others, and the same each time."""
    for player in (make_generator(), make_discriminator()):
        inputs = _inputs(player)
        together = _call(player, inputs)
        alone = np.concatenate([_call(player, [part[row : row + 1] for part in inputs]) for row in range(BATCH)])
        tolerance = 1e-5 * np.abs(together).max()
        np.testing.assert_allclose(alone, together, rtol=1e-4, atol=tolerance, err_msg=player.name)


def batch_coupling_declared(make_generator, make_discriminator):
    """`batch_coupled` says what is measured: in training mode, whether one row's output moves with the other rows."""
    for player in (make_generator(), make_discriminator()):
        inputs = _inputs(player)
        others = [np.concatenate([a[:1], b[1:]]) for a, b in zip(inputs, _inputs(player, seed=1))]
        state = [_copy(variable) for variable in player.variables]
        keras.utils.set_random_seed(0)  # dropout's source on PyTorch; elsewhere its seeds are among the variables
        first = _call(player, inputs, training=True)[0]
        for variable, value in zip(player.variables, state, strict=True):
            variable.assign(value)
        keras.utils.set_random_seed(0)
        second = _call(player, others, training=True)[0]
        measured = bool(np.abs(first - second).max() > 1e-4 * np.abs(first).max())
        assert player.batch_coupled == measured, f"{player.name}: declared {player.batch_coupled}, measured {measured}"
        assert is_batch_coupled(player) == measured


def scores_unbounded(make_generator, make_discriminator):
    """The discriminator ends in linear layers: no sigmoid, whose scores would stay in [0, 1].

    With large weights in its heads the scores leave [-1, 1], and the negated weights negate them.
    """
    discriminator = make_discriminator()
    weights = [weight for name in discriminator.heads for weight in discriminator.get_layer(name).trainable_weights]
    large = [1000 * (_copy(weight) + 1) for weight in weights]
    scores = []
    for sign in (1, -1):
        for weight, value in zip(weights, large, strict=True):
            weight.assign(sign * value)
        scores.append(_scores(discriminator, _inputs(discriminator)))
    assert np.abs(scores[0]).max() > 1, scores[0]
    np.testing.assert_allclose(scores[1], -scores[0], rtol=1e-3, err_msg="the end of the discriminator is not linear")


def float32_outputs_in_mixed_precision(make_generator, make_discriminator):
    """Under `mixed_bfloat16` images and scores are float32, finite, and the weights stay float32."""
    policy = keras.config.dtype_policy()
    keras.config.set_dtype_policy("mixed_bfloat16")
    try:
        players = make_generator(), make_discriminator()
    finally:
        keras.config.set_dtype_policy(policy)
    for player in players:
        for output in _outputs(player, _inputs(player), training=True).values():
            assert keras.backend.standardize_dtype(output.dtype) == "float32", f"{player.name}: {output.dtype}"
            assert np.isfinite(keras.ops.convert_to_numpy(output)).all(), player.name
        assert {weight.dtype for weight in player.weights} == {"float32"}


def players_share_nothing(make_generator, make_discriminator):
    """No variable belongs to both players, nor to two instances."""
    players = make_generator(), make_discriminator(), make_generator(), make_discriminator()
    variables = [id(variable) for player in players for variable in player.variables]
    assert len(variables) == len(set(variables))


_CHECKS = (
    shapes,
    images_in_range,
    finite,
    config_round_trip,
    saved_round_trip,
    clones,
    rows_independent,
    batch_coupling_declared,
    scores_unbounded,
    float32_outputs_in_mixed_precision,
    players_share_nothing,
)


def _inputs(player, seed=0):
    """Random inputs of a player: latents from N(0, 1) or images from U[-1, 1], and labels if it takes them."""
    generator = np.random.default_rng(seed)
    shape = (BATCH, *player.inputs[0].shape[1:])
    values = generator.uniform(-1, 1, shape) if len(shape) == 4 else generator.normal(size=shape)
    labels = [np.arange(BATCH, dtype="int32")] if len(player.inputs) == 2 else []
    return [values.astype("float32"), *labels]


def _copy(variable):
    """A variable's value now; PyTorch's arrays would follow the variable."""
    return np.array(keras.ops.convert_to_numpy(variable.value))


def _outputs(player, inputs, training=False):
    """A player's outputs by name."""
    outputs = player(inputs if len(inputs) > 1 else inputs[0], training=training)
    return outputs if isinstance(outputs, dict) else {"scores": outputs}


def _scores(player, inputs):
    return keras.ops.convert_to_numpy(_outputs(player, inputs)["scores"])


def _call(player, inputs, training=False):
    """A player's outputs side by side, as one array."""
    outputs = _outputs(player, inputs, training).values()
    return np.concatenate([keras.ops.convert_to_numpy(output) for output in outputs], axis=-1)
