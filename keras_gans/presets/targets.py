"""What every preset of the zoo should reach: none has collapsed, and classes are drawn as asked for."""

import dataclasses

TARGETS = {
    "mnist": {"recall": 0.3, "classes": 10, "label_accuracy": 0.95},
    "fashion_mnist": {"recall": 0.3, "classes": 10, "label_accuracy": 0.85},
}
"""Data set -> metric -> the least value, at the extractor of that data set."""


@dataclasses.dataclass(frozen=True)
class Miss:
    """A score below its target.

    Args:
        metric: the protocol's name.
        value: the score.
        target: the least value that it should have.
    """

    metric: str
    value: float
    target: float

    def __str__(self):
        return f"`{self.metric}` is {self.value:.3g}, below {self.target:g}"


def misses(preset):
    """Every `Miss` of a preset."""
    targets = TARGETS.get(preset.data.get("name"), {})
    return [
        Miss(result["metric"], result["value"], target)
        for result in preset.results
        for output, target in targets.items()
        if result["metric"].startswith(f"{output}_") and result["value"] < target
    ]
