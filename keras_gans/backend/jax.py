"""JAX's autodiff, and the bridge from Keras' stateless trainer to a train step written as if it were stateful."""

import functools

import jax
import keras
from keras.src.backend.common.stateless_scope import get_stateless_scope

from keras_gans.backend.scopes import nested_scope

fused_batch_normalization = None
"""XLA makes one kernel of the formula by itself."""

leaky_relu = keras.ops.leaky_relu


def value_and_gradients(loss, variables):
    """The value of the scalar `loss()` and its gradients with respect to `variables`."""
    watched = {id(variable) for variable in variables}

    def pure(values):
        with nested_scope() as scope:
            before = dict(scope.state_mapping)
            scope.state_mapping.update({id(variable): value for variable, value in zip(variables, values)})
            value = loss()
        return value, _updates(scope, before, watched)

    (value, updates), gradients = jax.value_and_grad(pure, has_aux=True)([variable.value for variable in variables])
    _commit(updates)
    return value, gradients


def input_gradient(function, inputs):
    """The gradient of `sum(function(inputs))` with respect to `inputs`, differentiable again."""

    def pure(inputs):
        with nested_scope() as scope:
            before = dict(scope.state_mapping)
            value = keras.ops.sum(function(inputs))
        return value, _updates(scope, before)

    gradient, updates = jax.grad(pure, has_aux=True)(inputs)
    _commit(updates)
    return gradient


def weight_gradients(loss, variables):
    """Gradients of the scalar `loss()` by the values that `variables` have in the scope, differentiable again."""
    return value_and_gradients(loss, variables)[1]


def evaluate_if(condition, function, otherwise):
    """`function()` where the scalar `condition` is true, else the tensor `otherwise`, without evaluating both."""

    def run():
        with nested_scope() as scope:
            before = dict(scope.state_mapping)
            value = function()
        return value, _updates(scope, before)

    _, shapes = jax.eval_shape(run)
    outer = get_stateless_scope()
    kept = {key: outer.state_mapping[key] for key in shapes} if outer is not None else {}
    value, updates = jax.lax.cond(condition, run, lambda: (otherwise, kept))
    _commit(updates)
    return value


def random_bytes(shape, seed):
    """Integers from 0 to 255, uint8 of `shape`, from a seed `(2,)`."""
    return jax.random.bits(seed, shape, "uint8")


def replicas():
    """How many replicas share the global batch: JAX sees the global batch itself."""
    return 1


def _updates(scope, before, without=()):
    """What a scope changed, by the variable's id."""
    return {
        key: value for key, value in scope.state_mapping.items() if key not in without and before.get(key) is not value
    }


def _commit(updates):
    """Hands updates to the scope around; outside of any (eager calls in tests) there is none to hand them to."""
    outer = get_stateless_scope()
    if outer is not None:
        outer.state_mapping.update(updates)


def mean_of_replicas(value):
    """The mean of a tensor over the replicas: JAX sees the global batch itself."""
    return value


def of_replica(seed):
    """The seed for this replica: there is one."""
    return seed


class Trainer:
    """Lets Keras' JAX trainer, which calls `train_step(state, data)`, run a `train_step(data)`."""

    replicas = 1

    def make_train_function(self, force=False):
        if self.train_function is not None and not force:
            return
        self.train_step = functools.partial(self._stateless_train_step, self.train_step)
        try:
            super().make_train_function(force)
        finally:
            del self.train_step

    def _stateless_train_step(self, train_step, state, data):
        groups = _groups(self)
        mapping = [pair for variables, values in zip(groups, state) for pair in zip(variables, values)]
        with keras.StatelessScope(mapping) as scope:
            logs = train_step(data)
        return logs, tuple([scope.get_current_value(variable) for variable in variables] for variables in groups)


def _groups(model):
    """A model's variables, in the order of Keras' JAX trainer."""
    return (
        model.trainable_variables,
        model.non_trainable_variables,
        model.optimizer.variables,
        model.metrics_variables,
    )


class Together:
    """Compiled models of one architecture, trained as one program: their variables are stacked, their steps vectorized.

    Each keeps to its own weights, random numbers and data, as if it were trained alone.

    Args:
        models: list of them; they have the trained values after `write_back`.
    """

    def __init__(self, models):
        self.models = models
        self._logs = None
        states = [[[variable.value for variable in group] for group in _groups(model)] for model in models]
        self._state = jax.tree.map(lambda *values: jax.numpy.stack(values), *states)
        model = models[0]

        def step(state, data):
            logs, state = model._stateless_train_step(model.train_step, state, data)
            return list(state), logs

        def steps(state, data):
            state, logs = jax.lax.scan(step, state, data)
            return state, {name: values[-1] for name, values in logs.items()}

        self._train = jax.jit(jax.vmap(steps), donate_argnums=0)

    def train(self, data):
        """Trains on `data`, `(models, steps, batch, ...)`; returns the last step's logs, `{name: (models,)}`.

        Returns at once: the next call waits until the steps are made, so that its data are prepared meanwhile.
        """
        jax.block_until_ready(self._logs)
        self._state, self._logs = self._train(self._state, data)
        return self._logs

    def write_back(self):
        """Gives the models their values."""
        for index, model in enumerate(self.models):
            for group, values in zip(_groups(model), self._state):
                for variable, value in zip(group, values):
                    variable.assign(value[index])
