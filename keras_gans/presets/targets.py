"""What the zoo should reach: no preset has collapsed, classes are drawn as asked for, the best is near the floor."""

import dataclasses

TARGETS = {
    "mnist": {"recall": 0.3, "classes": 10, "label_accuracy": 0.95},
    "fashion_mnist": {"recall": 0.3, "classes": 10, "label_accuracy": 0.85},
}
"""Data set -> metric -> the least value, at the extractor of that data set."""
BEST = "mnist"
"""The data set whose best FID should be at most twice the floor plus 3."""


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


def best_miss(presets):
    """One sentence where the best FID of `BEST` is too far from what real images score, else None."""
    found = [
        (result["value"], result["floor"], preset.name)
        for preset in presets
        for result in preset.results
        if preset.data.get("name") == BEST and result["metric"].startswith("fid_") and result.get("floor") is not None
    ]
    if not found:
        return None
    value, floor, name = min(found)
    aim = 2 * floor + 3
    if value <= aim:
        return None
    return f"the best FID on {BEST}, {value:.3g} of `{name}`, is above 2 x {floor:.3g} + 3 = {aim:.3g}"
