"""Networks so small that the work around a step counts: `fit` with and without `steps_per_execution` and XLA."""

from keras_gans.benchmarks.speed import turns
from keras_gans.benchmarks.speed.case import RING, SMALL_IMAGES, SMALL_RING, TOY
from keras_gans.benchmarks.speed.seat import Seat

CASES = (SMALL_IMAGES, RING, SMALL_RING, TOY)

EXECUTION = 50
"""Steps of one execution, and of a block."""

BASELINE = "fit"
"""One step an execution, as Keras does by default."""


def contestants(case):
    """Label -> kind and options; XLA only where there is no convolution, which it makes slower on CPUs."""
    several = {"steps_per_execution": EXECUTION}
    together = f"fit, steps_per_execution={EXECUTION}"
    ways = {BASELINE: ("fit", {}), "plain tf.function loop": ("plain", {}), together: ("fit", several)}
    if len(case.image_shape) == 1:
        ways[f"{together}, jit_compile"] = ("fit", {**several, "jit_compile": True})
    return ways


def compare(case, blocks, seat=Seat):
    """Steps per second of each way, and how many times as fast as `fit` with one step an execution."""
    ways = contestants(case)
    seated = {label: (kind, case, options) for label, (kind, options) in ways.items()}
    blocks_of = turns.take_turns(seated, blocks, dict.fromkeys(ways, EXECUTION), seat)
    rows = {label: turns.row(blocks_of[label], EXECUTION, case.images_per_step) for label in ways}
    for label, figures in rows.items():
        figures["steps_per_second"] = 1.0 / figures["seconds_per_step"]
        figures["against"] = {BASELINE: turns.ratio(blocks_of[label], blocks_of[BASELINE])}
    return rows
