"""The alarm for generators that make the same image again and again."""

from keras_gans.diagnostics.alarms.alarm import Alarm


class Collapse(Alarm):
    """Fires where the samples' diversity, 1 for that of real ones, has been below `limit` for `patience` checks.

    A new generator makes nearly the same image of all latents: until its diversity has been above the limit once,
    `grace` checks are not counted. See `diagnostics.diversity` for what this number does not see.
    """

    name = "collapse"

    def __init__(self, limit=0.25, patience=3, grace=5):
        if not limit > 0.0:
            raise ValueError(f"Expected a limit above 0, received: limit={limit!r}")
        super().__init__(limit, patience, grace)

    def reading(self, examination):
        return examination.diversity

    def is_bad(self, value):
        return not value >= self.limit

    def sentence(self, value, examination):
        return (
            f"The generator has collapsed: two of its samples differ {value:.2f} times as much as two real ones, less "
            f"than {self.limit:g}."
        )
