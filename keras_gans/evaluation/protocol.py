"""What a score's name says: the metric, the number of images, the split that they are compared with."""

import dataclasses
import re

from keras_gans import registry

_NAME = re.compile(r"(?P<output>[a-z]\w*?)_(?P<number>[1-9]\d*)(?P<thousands>k?)_(?P<split>[a-z]+(\[[^\]]+\])?)")


@dataclasses.dataclass(frozen=True)
class Protocol:
    """How a score is measured, e.g. `fid_10k_test`: `count` generated images against `count` real ones of a split.

    Real images are all of the split, or a random choice from it that is always the same; see `image_sets`.

    Args:
        metric: registered name of the metric.
        count: number of images of each side.
        split: split of the reference data set.
        outputs: which of the metric's values are asked for.
    """

    metric: str
    count: int
    split: str
    outputs: tuple

    @classmethod
    def parse(cls, name, count=None, split=None):
        """A protocol from its name, `<metric>_<count>_<split>`, e.g. "fid_10k_test" or "precision_500_train".

        The metric is a registered one ("pr": precision and recall) or one of its values ("recall"). With `count` and
        `split` given, the name may be the metric alone.

        Raises:
            ValueError: for a name of another form, or an unknown metric; the message lists the nearest names.
        """
        match = _NAME.fullmatch(name)
        if match:
            count = int(match["number"]) * (1000 if match["thousands"] else 1)
            name, split = match["output"], match["split"]
        elif count is None or split is None:
            raise ValueError(
                f"Expected <metric>_<count>_<split>, e.g. fid_10k_test or kid_500_train, received: {name!r}"
            )
        outputs = _outputs()
        if name not in outputs:
            raise ValueError(registry.unknown("metric", name, outputs))
        return cls(outputs[name][0], count, split, outputs[name][1])

    def name(self, output):
        """The full name of one of the values: `fid_10k_test`."""
        count = f"{self.count // 1000}k" if self.count % 1000 == 0 else str(self.count)
        return f"{output}_{count}_{self.split}"

    @property
    def names(self):
        """The full names of the values that are asked for."""
        return [self.name(output) for output in self.outputs]


def _outputs():
    """What can be asked for -> (metric, its values): metrics by name, and each value of theirs."""
    found = {}
    for metric in registry.names("metric"):
        values = tuple(registry.lookup("metric", metric).directions)
        found.update({value: (metric, (value,)) for value in values})
        found[metric] = (metric, values)
    return found
