"""The alarm for generators that copy what they were trained on."""

from keras_gans.diagnostics.alarms.alarm import Alarm


class Memorizes(Alarm):
    """Fires where samples have been nearer to the training set than held-out data for `patience` checks.

        Z_U < limit        Z_U: standard normal for a generator that is as near as held-out data

    It reads nothing where there is no held-out data. See `keras_gans.metrics.memorization`.
    """

    name = "memorizes"

    def __init__(self, limit=-3.0, patience=3, grace=0):
        super().__init__(limit, patience, grace)

    def reading(self, examination):
        return None if examination.memorization is None else examination.memorization["statistic"]

    def is_bad(self, value):
        return not value >= self.limit

    def sentence(self, value, examination):
        closer = 100 * examination.memorization["closer"]
        return (
            f"The generator memorizes: its samples are nearer to the training set than held-out data (Z = {value:.1f}, "
            f"nearer in {closer:.0f} % of all pairs)."
        )
