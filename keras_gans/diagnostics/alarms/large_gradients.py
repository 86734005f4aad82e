"""The alarm for gradients that explode."""

from keras_gans.diagnostics import gradients
from keras_gans.diagnostics.alarms.alarm import Alarm


class LargeGradients(Alarm):
    """Fires where some layer's gradient has had a norm above `limit`, the lectures' 100, or none at all (NaN)."""

    name = "large_gradients"

    def __init__(self, limit=100.0, patience=1, grace=0):
        if not limit > 0.0:
            raise ValueError(f"Expected a limit above 0, received: limit={limit!r}")
        super().__init__(limit, patience, grace)

    def reading(self, examination):
        return examination.largest_gradient[2]

    def is_bad(self, value):
        return not value <= self.limit

    def sentence(self, value, examination):
        player, layer, _ = gradients.largest(examination.gradient_norms)
        return f"Gradients are large: {value:.3g} in {layer} of the {player}, above {self.limit:g}."
