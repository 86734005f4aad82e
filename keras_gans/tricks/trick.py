"""The base of every trick: what a heuristic may change in the game."""

import keras

from keras_gans.registry import Component


class Trick(Component):
    """A heuristic that works with every game: it changes what the players see, minimise or may do.

    A subclass overrides the hooks that it needs; every other hook leaves the game as it is. What a trick remembers
    between steps are variables from `remember`, which are saved with the model and restored with it.
    """

    noun = "trick"

    losses = ()
    """Names of the losses that `loss` gives."""

    def attach(self, model):
        """Called by `compile`; returns the Keras layer that holds the trick's variables."""
        self.state = keras.layers.Layer(name=self.registered_name, dtype="float32")
        self.state.built = True
        self.build(model)
        return self.state

    def build(self, model):
        """Makes the trick's variables, for the networks and optimizers of `model`."""

    def remember(self, name, shape=(), initializer="zeros", dtype="float32"):
        """A variable that is saved with the model."""
        return self.state.add_weight(
            name=name, shape=shape, initializer=initializer, dtype=dtype, trainable=False, autocast=False
        )

    def shown(self, model, real, fake):
        """What D is shown as real and as generated images in its own step: `(real, fake)`, of the same shapes."""
        return real, fake

    def shown_by_generator(self, model, fake):
        """What G shows to D in its own step; the gradient flows through it."""
        return fake

    def loss(self, model, player, real, fake):
        """What the trick adds to the loss of "discriminator" or "generator": `{name: tensor}`, per example or scalar.

        `real` and `fake` are the images that D is shown.
        """
        return {}

    def may_update(self, model, player):
        """A boolean scalar, whether the player's step that was just computed is made, or None for always."""
        return None

    def updated(self, model, player):
        """Called after each step of a player."""
