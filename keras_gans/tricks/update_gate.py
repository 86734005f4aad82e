"""Steps that a player makes only while it is behind."""

from keras import ops

from keras_gans.registry import register
from keras_gans.tricks.trick import Trick


@register("update_gate")
class UpdateGate(Trick):
    """The principled rule: train D while its loss is above A, and G while its loss is above B.

        D's step is made if  mean L_D > A,        G's step is made if  mean L_G > B

    The losses are those of the step itself (of its last part, where it is made in parts), without penalties, so that a
    player who pauses is watched and goes on when it falls behind. A step that is not made leaves weights, slots and
    learning rate schedules as they are.

        A, B -> discriminator_above, generator_above

    Args:
        discriminator_above: A, in units of the objective's loss (an undecided D of a cross entropy loses 1.39), or None
            for always.
        generator_above: B, or None for always.

    Reference: Chintala et al., 2016, How to train a GAN? (NIPS workshop on adversarial training), tip 11.
    """

    def __init__(self, discriminator_above=0.5, generator_above=None):
        self.discriminator_above = discriminator_above
        self.generator_above = generator_above

    def build(self, model):
        self.threshold = {"discriminator": self.discriminator_above, "generator": self.generator_above}
        self.last_loss = {player: self.remember(f"{player}_loss", aggregation="mean") for player in self.threshold}

    def losses(self, model, player, losses, shown):
        self.last_loss[player].assign(ops.stop_gradient(ops.mean(losses[f"{player}_loss"])))
        return losses

    def may_update(self, model, player):
        if self.threshold[player] is None:
            return None
        return self.last_loss[player] > self.threshold[player]
