"""The optimizers of a game, in the shape in which Keras looks for `model.optimizer`, and their steps."""

import contextlib

import keras
from keras import ops

from keras_gans import backend
from keras_gans.networks.layers import spectral_normalization


class Players:
    """The optimizers of all players under one name, for Keras' callbacks and its JAX trainer.

    Keras' callbacks look for `model.optimizer.optimizers` and `.iterations`; no step is made through this object.
    """

    built = True

    def __init__(self, **optimizers):
        self.optimizers = list(optimizers.values())

    @property
    def iterations(self):
        """The generator's step counter: one per train step."""
        return self.optimizers[0].iterations

    @property
    def variables(self):
        return [variable for optimizer in self.optimizers for variable in optimizer.variables]


def optimizer_of(network, optimizer, ema_momentum=None):
    """The optimizer for a network, built, so that callbacks and checkpoints find its slots.

    For networks that compute in float16 it scales the loss, so that small gradients do not vanish.
    """
    if ema_momentum is not None:
        unscaled(optimizer).use_ema, unscaled(optimizer).ema_momentum = True, ema_momentum
    in_float16 = any(layer.compute_dtype == "float16" for layer in network._flatten_layers())
    if in_float16 and optimizer is unscaled(optimizer):
        optimizer = keras.optimizers.LossScaleOptimizer(optimizer)
    optimizer.build(network.trainable_variables)
    if ema_momentum is not None:
        # Keras starts averages at zero; until the first step they are the weights. JAX would share their memory.
        averages = unscaled(optimizer)._model_variables_moving_average
        for variable, average in zip(network.trainable_variables, averages):
            average.assign(ops.copy(variable))
    return optimizer


def unscaled(optimizer):
    """The optimizer itself, without the one that scales the loss around it."""
    return optimizer.inner_optimizer if isinstance(optimizer, keras.optimizers.LossScaleOptimizer) else optimizer


def mean_gradients(total, variables, batch, parts=1):
    """The mean of the gradients of the scalar `total(part)` over equal parts of a batch.

    Args:
        total: function of a part.
        variables: of the gradients.
        batch: named tuple of tensors with the batch first, or None.
        parts: their number; the rest that fills no part is left out.
    """
    if parts == 1:
        return backend.value_and_gradients(lambda: total(batch), variables)[1]
    sums = None
    for index in range(parts):
        part = type(batch)(*(tensor if tensor is None else _part(tensor, index, parts) for tensor in batch))
        # One power iteration a step, whatever the number of parts.
        held = spectral_normalization.iteration_held() if index < parts - 1 else contextlib.nullcontext()
        with held:
            _, gradients = backend.value_and_gradients(lambda part=part: total(part), variables)
        sums = gradients if sums is None else [_sum(a, b) for a, b in zip(sums, gradients)]
    return [gradient if gradient is None else gradient / parts for gradient in sums]


def _part(tensor, index, parts):
    size = ops.shape(tensor)[0] // parts
    return tensor[index * size : (index + 1) * size]


def _sum(a, b):
    return a if b is None else b if a is None else a + b


def step(optimizer, gradients, variables, gates=()):
    """One optimizer step; where one of the `gates`, boolean scalars, is false, everything stays as it was."""
    if not gates:
        optimizer.apply(gradients, variables)
        return
    held = [*variables, *optimizer.variables]
    before = [ops.copy(variable) for variable in held]
    optimizer.apply(gradients, variables)
    allowed = ops.all(ops.stack(gates))
    for variable, value in zip(held, before):
        variable.assign(ops.where(allowed, ops.convert_to_tensor(variable), value))
