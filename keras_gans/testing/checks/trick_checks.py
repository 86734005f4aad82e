"""What every trick must do, each check one property; run them on an instance of your own `Trick`.

for check in trick_checks.checks():
    check(MyTrick())  # AssertionError says what does not hold
"""

import os
import tempfile

import keras
import numpy as np

from keras_gans.models import NSGAN
from keras_gans.testing import tiny
from keras_gans.testing.checks.component_checks import check_documents_its_paper  # noqa: F401


def checks():
    """All checks: functions of a `Trick` that raise AssertionError."""
    return [value for name, value in globals().items() if name.startswith("check_")]


def check_config_round_trip(trick):
    """The serialized form rebuilds a trick of the same class and config."""
    rebuilt = keras.saving.deserialize_keras_object(keras.saving.serialize_keras_object(trick))
    assert type(rebuilt) is type(trick) and rebuilt.get_config() == trick.get_config()


def check_compile_leaves_the_game_alone(trick):
    """Compiling with the trick changes no weight and no seed; compiling without it again leaves nothing of it."""
    model = tiny.game(NSGAN)
    logged, before = model.tracked(), _values(model)
    for tricks in ([_fresh(trick)], []):
        model.compile(tricks=tricks)
        after = _values(model)
        for path, value in before.items():
            np.testing.assert_array_equal(after[path], value, err_msg=path)
    assert set(after) == set(before) and model.tracked() == logged, f"{trick} must leave nothing behind"


def check_training_is_finite(trick):
    """A compiled run has finite weights and logs; all losses that the trick declares are there."""
    model = _game(trick, run_eagerly=False)
    logs = _fit(model)
    assert set(trick.extra_losses) <= set(logs) and all(np.isfinite(value) for value in logs.values()), logs
    _check_finite(model)


def check_save_load_continue(trick):
    """A saved and loaded game goes on exactly as the one that was saved: what the trick remembers is saved too."""
    model = _game(trick)
    _fit(model)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "game.keras")
        model.save(path)
        twin = keras.saving.load_model(path)
    assert _fit(model) == _fit(twin)
    for mine, its in zip(model.get_weights(), twin.get_weights(), strict=True):
        np.testing.assert_array_equal(mine, its)


def check_mixed_precision(trick):
    """With networks in bfloat16 all that the trick remembers keeps its precision, and training is finite."""
    policy = keras.config.dtype_policy()
    keras.config.set_dtype_policy("mixed_bfloat16")
    try:
        model = _game(trick)
    finally:
        keras.config.set_dtype_policy(policy)
    assert "bfloat16" in {layer.compute_dtype for layer in model.generator.layers}
    logs = _fit(model)
    assert all(np.isfinite(value) for value in logs.values()), logs
    assert "bfloat16" not in {variable.dtype for variable in model.variables}
    _check_finite(model)


def _fresh(trick):
    return type(trick).from_config(trick.get_config())


def _game(trick, run_eagerly=True):
    """A tiny game with the trick; without compilation, which takes longer than its few steps."""
    return tiny.game(
        NSGAN,
        tricks=[_fresh(trick)],
        generator_optimizer="sgd",
        discriminator_optimizer="sgd",
        run_eagerly=run_eagerly and keras.backend.backend() != "jax",
    )


def _fit(model):
    history = model.fit(tiny.images(8), batch_size=4, shuffle=False, verbose=0)
    return {name: values[-1] for name, values in history.history.items()}


def _values(model):
    """What the game is made of, by path: all but the optimizers, which every `compile` makes anew."""
    return {variable.path: np.array(keras.ops.convert_to_numpy(variable)) for variable in model.variables}


def _check_finite(model):
    for path, value in _values(model).items():
        assert np.isfinite(value).all(), f"{path} must be finite"
