"""What every constraint must do, each check one property; run them on an instance of your own `Constraint`.

for check in constraint_checks.checks():
    check(MyConstraint())  # AssertionError says what does not hold
"""

import keras
import numpy as np
from keras import ops

from keras_gans.testing.checks.component_checks import check_config_round_trip, check_documents_its_paper  # noqa: F401


def checks():
    """All checks: functions of a `Constraint` that raise AssertionError."""
    return [value for name, value in globals().items() if name.startswith("check_")]


def check_projects(constraint):
    """Large weights are changed, and allowed weights stay: a second call changes nothing."""
    network = _network()
    before = network.get_weights()
    constraint(network)
    once = network.get_weights()
    constraint(network)
    changed = any(not np.array_equal(old, new) for old, new in zip(before, once, strict=True))
    assert changed, "weights of size 10 must be constrained"
    for first, second in zip(once, network.get_weights(), strict=True):
        np.testing.assert_allclose(second, first, rtol=1e-5, atol=1e-7)


def check_statistics_are_left_alone(constraint):
    """Moving statistics and seeds are no weights of D."""
    network = _network()
    before = [ops.convert_to_numpy(variable) for variable in network.non_trainable_variables]
    constraint(network)
    for old, new in zip(before, network.non_trainable_variables, strict=True):
        np.testing.assert_array_equal(ops.convert_to_numpy(new), old)


def check_works_stateless(constraint):
    """In a `keras.StatelessScope`, as in JAX's train step, the scope gets the values that a plain call assigns."""
    network = _network()
    with keras.StatelessScope() as scope:
        constraint(network)
    projected = [ops.convert_to_numpy(scope.get_current_value(variable)) for variable in network.trainable_variables]
    constraint(network)
    for stateless, variable in zip(projected, network.trainable_variables, strict=True):
        np.testing.assert_allclose(stateless, ops.convert_to_numpy(variable), rtol=1e-6)


def _network():
    """A small discriminator whose trainable weights have the size 10."""
    network = keras.Sequential(
        [keras.Input((4,)), keras.layers.Dense(3), keras.layers.BatchNormalization(), keras.layers.Dense(1)]
    )
    draw = np.random.default_rng(0)
    for variable in network.trainable_variables:
        variable.assign(10.0 * draw.normal(size=variable.shape))
    return network
