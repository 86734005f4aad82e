"""What the figures should be on a 2-core CPU with AVX512, beside what they are."""

from typing import NamedTuple

from keras_gans.benchmarks.speed import small
from keras_gans.benchmarks.speed.case import LECTURE, RING, SMALL_RING, TOY, WASSERSTEIN


class Target(NamedTuple):
    """A contestant is to be `at_least` times as fast as another one."""

    section: str
    case: str
    contestant: str
    against: str
    at_least: float


_FLOAT32, _BFLOAT16 = "keras_gans float32", "keras_gans bfloat16"
_PLAIN, _KERAS_IO, _TORCH = "plain tf.function loop", "keras.io style", "PyTorch eager"

TARGETS = (
    Target("contestants", LECTURE.name, _FLOAT32, _PLAIN, 1.0),
    Target("contestants", LECTURE.name, _FLOAT32, _TORCH, 1.25),
    Target("contestants", LECTURE.name, _BFLOAT16, _PLAIN, 1.45),
    Target("contestants", LECTURE.name, _BFLOAT16, _TORCH, 2.0),
    Target("contestants", WASSERSTEIN.name, _FLOAT32, _KERAS_IO, 0.97),
    Target("contestants", WASSERSTEIN.name, _BFLOAT16, _KERAS_IO, 1.4),
    Target("small", TOY.name, list(small.contestants(TOY))[-1], small.BASELINE, 3.0),
    Target("small", RING.name, list(small.contestants(RING))[-1], small.BASELINE, 3.0),
    Target("small", SMALL_RING.name, list(small.contestants(SMALL_RING))[-1], small.BASELINE, 3.0),
)


def check(report):
    """The targets whose figures are in a report, each with `measured` and whether it is `met`."""
    rows = []
    for target in TARGETS:
        case = report.get(target.section, {}).get(target.case, {})
        figures = case.get("contestants", case).get(target.contestant, {}).get("against", {}).get(target.against)
        if figures is not None:
            measured = figures["speed"]
            rows.append({**target._asdict(), "measured": measured, "met": measured >= target.at_least})
    return rows
