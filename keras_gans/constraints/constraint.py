"""The base of every constraint: what the weights of the discriminator may be."""

from keras_gans.registry import Component


class Constraint(Component):
    """A set of allowed weights, onto which D's trainable weights are projected after each of its updates.

    A subclass implements `project`; calling the instance on a network assigns.
    """

    noun = "constraint"

    def __call__(self, network):
        """Projects all trainable weights of `network`, biases and normalization gains included."""
        for variable in network.trainable_variables:
            variable.assign(self.project(variable))

    def project(self, weight):
        """The nearest allowed value of one weight tensor, in its shape."""
        raise NotImplementedError
