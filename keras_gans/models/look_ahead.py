"""Steps of an optimizer that never happen: they change weights in a stateless scope, and gradients flow through."""

import types

import keras
from keras import ops

_SMALLEST = 1e-16
"""Gradients below have squares that vanish in float32."""


_MORE_THAN_A_STEP = (keras.optimizers.Nadam, keras.optimizers.LossScaleOptimizer)
"""Optimizers that keep state outside of `update_step`."""


def check_optimizer(optimizer):
    """Refuses an optimizer whose step is more than its `update_step` for each weight."""
    whole = isinstance(optimizer, _MORE_THAN_A_STEP)
    if whole or optimizer.weight_decay or optimizer.gradient_accumulation_steps:
        raise ValueError(
            "Expected a discriminator_optimizer whose steps can be unrolled: Adam, RMSprop, SGD or another one without "
            f"weight decay and gradient accumulation, received: {type(optimizer).__name__}("
            f"weight_decay={optimizer.weight_decay}, "
            f"gradient_accumulation_steps={optimizer.gradient_accumulation_steps})"
        )


def step(optimizer, gradients, variables):
    """One step of a built Keras optimizer inside a `keras.StatelessScope`: its own update rule, on its own slots.

    The scope gets the new weights, slots and iteration, as differentiable functions of the gradients.
    """
    optimizer = _InScope(optimizer, variables)
    # Where a gradient is zero, the root of Adam's running mean of squares has an infinite slope, and zero times
    # infinity is not a number. Such a weight hangs on a dead unit, through which nothing flows anyway.
    gradients = [
        ops.where(ops.abs(gradient) < _SMALLEST, ops.stop_gradient(gradient), gradient) for gradient in gradients
    ]
    for gradient, variable in zip(optimizer._clip_gradients(gradients), variables):
        optimizer.update_step(gradient, variable, optimizer.learning_rate)
        if variable.constraint is not None:
            variable.assign(variable.constraint(variable))
    optimizer.iterations.assign_add(1)


class _InScope:
    """A view of an optimizer that assigns to Keras' variables, which a scope sees.

    Keras' optimizers on TensorFlow assign to `tf.Variable`s, past any scope, and refuse `stateless_apply`.
    """

    def __init__(self, optimizer, variables):
        self._optimizer = optimizer
        self._indices = {id(variable): index for index, variable in enumerate(variables)}
        self.update_step = types.MethodType(type(optimizer).update_step, self)

    def __getattr__(self, name):
        return getattr(self._optimizer, name)

    def _get_variable_index(self, variable):
        return self._indices[id(variable)]

    def assign(self, variable, value):
        variable.assign(value)

    def assign_add(self, variable, value):
        variable.assign_add(value)

    def assign_sub(self, variable, value):
        variable.assign_sub(value)
