"""The base of every trick: what a heuristic may change in the game."""

from typing import Any, NamedTuple

import keras
from keras import ops

from keras_gans.registry import Component


class Shown(NamedTuple):
    """What one step of a player is about; row k of everything belongs together."""

    real: Any
    """The images that D is shown as real, `(batch, ...)`."""
    fake: Any
    """The images that D is shown as generated, of the same shape."""
    labels: Any = None
    """The classes of both, int32 `(batch,)`, or None."""
    latents: Any = None
    """The latents of `fake`, `(batch, latent_dim)`."""


class Trick(Component):
    """A heuristic that works with every game: it changes what the players see, minimise or may do.

    A subclass overrides the hooks that it needs; every other hook leaves the game as it is. What a trick remembers
    between steps are variables from `remember`, which are saved with the model and restored with it. Random numbers
    come from `model.seed_generator`, whose state is saved too. An object belongs to one game.
    """

    noun = "trick"

    extra_losses = ()
    """Names of the losses that `losses` adds."""

    def attach(self, model):
        """Called by `compile`; returns the Keras layer that holds the trick's variables."""
        for other in model.tricks:
            twice = set(self.extra_losses) & set(other.extra_losses)
            if other is not self and twice:
                raise ValueError(
                    f"Expected each added loss once, received {min(twice)!r} from two tricks: {other} and {self}."
                )
        self.state = keras.layers.Layer(name=self.registered_name, dtype="float32")
        self.state.built = True
        self.build(model)
        return self.state

    def build(self, model):
        """Makes the trick's variables for `model`, and refuses a game in which the trick has no meaning."""

    def remember(self, name, shape=(), initializer="zeros", dtype="float32", aggregation="only_first_replica"):
        """A variable that is saved with the model.

        Replicas keep equal values: those of the first one, or with aggregation="mean" the mean over all. "none" is for
        what replicas compute from equal numbers, without talking to each other.
        """
        return self.state.add_weight(
            name=name,
            shape=shape,
            initializer=initializer,
            dtype=dtype,
            trainable=False,
            autocast=False,
            aggregation=aggregation,
        )

    def objective(self, model, objective):
        """The objective that is played instead of `objective`: see `AlteredObjective`."""
        return objective

    def shown(self, model, player, shown):
        """What D is shown in the step of "discriminator" or "generator", a `Shown`.

        The gradient of G's step flows through `shown.fake`.
        """
        return shown

    def losses(self, model, player, losses, shown):
        """The losses that a player minimises by name, each per example or a scalar, from those so far."""
        return losses

    def may_update(self, model, player):
        """A boolean scalar, whether the player's step that was just computed is made, or None for always."""
        return None

    def updated(self, model, player):
        """Called after each step of a player."""


def check_schedule(name, value):
    """Refuses what is neither a number of at least 0 nor a schedule."""
    if not isinstance(value, keras.optimizers.schedules.LearningRateSchedule) and not (
        isinstance(value, (int, float)) and value >= 0
    ):
        raise ValueError(
            f"Expected a number of at least 0 or a keras.optimizers.schedules.LearningRateSchedule, received: "
            f"{name}={value!r}"
        )


def scheduled(value, model):
    """The number that `value`, a number or a schedule, is at D's present step."""
    return ops.cast(value(model.discriminator_optimizer.iterations) if callable(value) else value, "float32")


def first_rows(images, share):
    """A boolean mask `(batch, 1, ...)` of the first `share` of the rows, rounded down."""
    count = ops.shape(images)[0]
    chosen = ops.arange(count) < ops.cast(ops.floor(share * ops.cast(count, "float32")), "int32")
    return ops.reshape(chosen, (-1, *[1] * (len(images.shape) - 1)))
