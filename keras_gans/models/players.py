"""The optimizers of a game, in the shape in which Keras looks for `model.optimizer`."""


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
