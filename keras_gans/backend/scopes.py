"""Stateless calls that may stand inside one another."""

import keras
from keras.src.backend.common.stateless_scope import get_stateless_scope


def nested_scope():
    """A `keras.StatelessScope` that sees the values of the scope around it, if there is one.

    Keras' own scope reads variables that it has no value for from the variables themselves, which inside another scope
    (that is: always on JAX) are out of date.
    """
    outer = get_stateless_scope()
    scope = keras.StatelessScope(initialize_variables=False)
    if outer is not None:
        scope.state_mapping.update(outer.state_mapping)
    return scope


def call_without_updates(network, *inputs):
    """Calls a network in training mode and leaves its state alone: moving statistics, singular vectors, ...

    Only the states of its random seeds move on, so that the next call draws other noise.
    """
    with nested_scope() as scope:
        outputs = network(*inputs, training=True)
    keep_seed_states(scope, network.variables)
    return outputs


def keep_seed_states(scope, variables):
    """Carries the states of random seeds, of all that a scope has changed, over to the scope around it."""
    for variable in variables:
        if variable.path.endswith("seed_generator_state"):
            value = scope.get_current_value(variable)
            if value is not None:
                variable.assign(value)
