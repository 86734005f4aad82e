"""Weights that are held near their own past."""

from keras import ops

from keras_gans.registry import register
from keras_gans.tricks.trick import Trick


@register("historical_averaging")
class HistoricalAveraging(Trick):
    """Each player pays for the distance of its weights from the mean of all that they have been.

        loss gains  weight ||theta - 1/t sum_i theta_i||^2,   i = 1, ..., t:  the weights at compile and after each step

    Players who run in circles around an equilibrium are pulled to the middle, as in fictitious play. The running means
    are saved with the model.

    Args:
        weight: >= 0.
        players: those who pay, of "generator" and "discriminator".

    Reference: Salimans et al., 2016, arXiv:1606.03498, section 3.3.
    """

    def __init__(self, weight=1.0, players=("generator", "discriminator")):
        if not weight >= 0:
            raise ValueError(f"Expected a number of at least 0, received: weight={weight!r}")
        if not players or set(players) - {"generator", "discriminator"}:
            raise ValueError(f"Expected some of 'generator' and 'discriminator', received: players={players!r}")
        self.weight = weight
        self.players = tuple(players)

    @property
    def extra_losses(self):
        return tuple(f"{player}_history_loss" for player in self.players)

    def build(self, model):
        self.means, self.counts = {}, {}
        for player in self.players:
            self.counts[player] = self.remember(f"{player}_count", initializer="ones")
            self.means[player] = []
            for index, weight in enumerate(getattr(model, player).trainable_variables):
                mean = self.remember(f"{player}_mean_{index}", weight.shape)
                mean.assign(ops.copy(weight))
                self.means[player].append(mean)

    def losses(self, model, player, losses, shown):
        if player not in self.players:
            return losses
        pairs = zip(getattr(model, player).trainable_variables, self.means[player])
        distance = sum(ops.sum(ops.square(weight - mean)) for weight, mean in pairs)
        return {**losses, f"{player}_history_loss": self.weight * distance}

    def updated(self, model, player):
        if player not in self.players:
            return
        count = self.counts[player]
        count.assign(count + 1.0)
        for weight, mean in zip(getattr(model, player).trainable_variables, self.means[player]):
            mean.assign(mean + (weight - mean) / count)
