"""The optimizers of a game, in the shape in which Keras looks for `model.optimizer`, and their steps."""

from keras import ops


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
        variable.assign(ops.where(allowed, variable, value))
