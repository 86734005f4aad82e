"""Steps that depend on how well D tells real from generated images."""

from keras import ops

from keras_gans.registry import register
from keras_gans.tricks.altered_objective import AlteredObjective, check_has_halves, loss_as_fake, loss_as_real
from keras_gans.tricks.trick import Trick


@register("balanced_updates")
class BalancedUpdates(Trick):
    """D pauses while it is too good and G while D is too bad, which keeps the two in balance.

        e_r = mean L_real(d(x)),  e_f = mean L_fake(d(G(z)))                  D's two errors, at its last step
        D's step is left out if  min(e_r, e_f) < low
        G's step is left out if  max(e_r, e_f) > high
        where both would be left out, both are made

    L_real and L_fake are the halves of the objective's loss of D: for cross entropies -log D(x) and -log(1 - D(G(z))),
    log 2 = 0.69 for an undecided D. The defaults are VAE/GAN's equilibrium 0.68 -+ 0.35; low=0.3, high=0.7 is URDGN's
    rule. Other objectives have other units.

    Args:
        low, high: thresholds, low < high.

    Reference: Larsen et al., 2015, arXiv:1512.09300 (the rule is in the authors' code); Yu and Porikli, 2016,
    Ultra-resolving face images by discriminative generative networks (ECCV).
    """

    def __init__(self, low=0.33, high=1.03):
        if not low < high:
            raise ValueError(f"Expected low < high, received: low={low!r}, high={high!r}")
        self.low = low
        self.high = high

    def build(self, model):
        if model.objective.needs_lipschitz:
            raise ValueError(
                f"Expected an objective that fixes the scale of D's scores for the trick 'balanced_updates', received: "
                f"{model.objective.registered_name!r}."
            )
        self.real_error = self.remember("real_error", aggregation="mean")
        self.fake_error = self.remember("fake_error", aggregation="mean")

    def objective(self, model, objective):
        check_has_halves(self, objective)
        return _Watched(objective, self)

    def may_update(self, model, player):
        too_good = ops.minimum(self.real_error, self.fake_error) < self.low
        too_bad = ops.maximum(self.real_error, self.fake_error) > self.high
        mine, other = (too_good, too_bad) if player == "discriminator" else (too_bad, too_good)
        return ops.logical_or(ops.logical_not(mine), other)


class _Watched(AlteredObjective):
    def __init__(self, objective, trick):
        super().__init__(objective)
        self._trick = trick

    def discriminator_loss(self, real_scores, fake_scores):
        real, fake = loss_as_real(self._objective, real_scores), loss_as_fake(self._objective, fake_scores)
        self._trick.real_error.assign(ops.stop_gradient(ops.mean(real)))
        self._trick.fake_error.assign(ops.stop_gradient(ops.mean(fake)))
        return super().discriminator_loss(real_scores, fake_scores)
