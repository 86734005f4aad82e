"""Past selves of a player as further opponents."""

import contextlib

import keras
from keras import ops

from keras_gans import backend
from keras_gans.registry import register
from keras_gans.tricks.trick import Trick, first_rows


@register("sparring_partners")
class SparringPartners(Trick):
    """A player meets its opponent's past selves too, so that a move which they knew how to meet does not win.

        of="discriminator":  G minimises  L_G(d, G) + weight L_G(d_k, G)          d_k a past D
        of="generator":      D is shown   [ share n images G_k(z),  (1 - share) n images G(z) ]

    k is drawn for each step, uniformly from the last `count` snapshots; a snapshot is taken at every `every`-th step of
    the player. They start as the weights that the player has at `compile`, and are saved with the model.

    Args:
        of: whose past, "discriminator" or "generator".
        count: snapshots that are kept, >= 1; each takes as much memory as the player's weights.
        every: steps between two snapshots, >= 1.
        weight: of the past D's in G's loss, >= 0.
        share: in [0, 1], of D's generated images that a past G makes.

    Reference: the historical players of fictitious play, Brown, 1951; past generators for D: Shrivastava et al., 2016,
    arXiv:1612.07828, section 2.3; past discriminators for G: Salimans et al., 2016, arXiv:1606.03498, section 3.3.
    """

    def __init__(self, of="discriminator", count=3, every=100, weight=1.0, share=0.5):
        if of not in ("discriminator", "generator"):
            raise ValueError(f"Expected 'discriminator' or 'generator', received: of={of!r}")
        for name, value in (("count", count), ("every", every)):
            if not (isinstance(value, int) and value >= 1):
                raise ValueError(f"Expected an integer of at least 1, received: {name}={value!r}")
        if not (weight >= 0 and 0 <= share <= 1):
            raise ValueError(
                f"Expected a weight of at least 0 and a share in [0, 1], received: weight={weight!r}, share={share!r}"
            )
        self.of = of
        self.count = count
        self.every = every
        self.weight = weight
        self.share = share

    @property
    def extra_losses(self):
        return ("sparring_loss",) if self.of == "discriminator" else ()

    def build(self, model):
        self.weights = getattr(model, self.of).weights
        # Replicas copy equal weights, each for itself: inside of a condition they could not talk to each other.
        self.snapshots = [
            self.remember(f"snapshots_{index}", (self.count, *weight.shape), dtype=weight.dtype, aggregation="none")
            for index, weight in enumerate(self.weights)
        ]
        for weight, snapshots in zip(self.weights, self.snapshots):
            snapshots.assign(ops.repeat(weight[None], self.count, axis=0))

    def shown(self, model, player, shown):
        if player == self.of or self.of == "discriminator":
            return shown
        with self.past(model):
            inputs = model.told("generator", shown.latents, shown.labels)
            past = ops.stop_gradient(backend.call_without_updates(model.generator, inputs))
        return shown._replace(fake=ops.where(first_rows(shown.fake, self.share), past, shown.fake))

    def losses(self, model, player, losses, shown):
        if player == self.of or self.of == "generator":
            return losses
        with self.past(model):
            fake = model.judge_as_opponent(shown.fake, shown.labels)
            compares = model.objective.compares_batches
            real = model.judge_as_opponent(shown.real, shown.labels) if compares else None
        past = model.generator_losses(fake, real, shown.labels, shown.latents)
        return {**losses, "sparring_loss": self.weight * past["generator_loss"]}

    def updated(self, model, player):
        if player != self.of:
            return
        step = getattr(model, f"{player}_optimizer").iterations
        slot = ops.cast(step // self.every % self.count, "int32")

        def take_snapshot():
            for weight, snapshots in zip(self.weights, self.snapshots):
                snapshots.assign(ops.scatter_update(snapshots, ops.reshape(slot, (1, 1)), weight[None]))
            return ops.zeros(())

        backend.evaluate_if(ops.equal(step % self.every, 0), take_snapshot, ops.zeros(()))

    @contextlib.contextmanager
    def past(self, model):
        """Inside, the player is one of its past selves; afterwards it is as it was."""
        drawn = keras.random.uniform((), seed=model.seed_generator)
        index = ops.cast(ops.floor(drawn * self.count), "int32")
        with backend.nested_scope() as scope:
            for weight, snapshots in zip(self.weights, self.snapshots):
                scope.state_mapping[id(weight)] = ops.take(snapshots, index, axis=0)
            yield
        backend.keep_seed_states(scope, model.variables)
