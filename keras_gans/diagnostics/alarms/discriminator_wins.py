"""The alarm for discriminators that have nothing left to learn."""

from keras_gans.diagnostics.alarms.alarm import Alarm


class DiscriminatorWins(Alarm):
    """Fires where D has told all but `1 - limit` of the pairs (real, sample) apart for `patience` checks.

    Then log(1 - D) tells G nothing, and -log D little that lasts. Objectives that need a Lipschitz D are left out: a
    critic may be as sure as it likes and still shows the way.

    Reference: Arjovsky and Bottou, 2017, arXiv:1701.04862.
    """

    name = "discriminator_wins"

    def __init__(self, limit=0.9999, patience=5, grace=5):
        if not 0.5 < limit <= 1.0:
            raise ValueError(f"Expected a limit in (0.5, 1], received: limit={limit!r}")
        super().__init__(limit, patience, grace)

    def applies(self, model):
        return not model.objective.needs_lipschitz

    def reading(self, examination):
        return examination.separation

    def is_bad(self, value):
        return not value < self.limit

    def sentence(self, value, examination):
        real, fake = 100 * examination.real_accuracy, 100 * examination.fake_accuracy
        return (
            f"The discriminator wins: in {100 * value:.2f} % of all pairs it prefers the real one (accuracy "
            f"{real:.0f} % on real, {fake:.0f} % on generated ones)."
        )
