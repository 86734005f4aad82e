"""Contestants take turns: a block of steps of each, then the next block of each, and so on.

So what else the machine does meets all alike. A figure is the median of its blocks; a ratio is the median of the ratios
of blocks of the same turn.
"""

import statistics

from keras_gans.benchmarks.speed.seat import Seat


def take_turns(contestants, blocks, steps, seat=Seat):
    """`{label: [Block, ...]}`.

    Args:
        contestants: label -> (kind, case, options).
        blocks: turns of each.
        steps: label -> train steps in a block.
        seat: where a contestant sits, `Seat` or `Place`.
    """
    seats = {label: seat(*contestant) for label, contestant in contestants.items()}
    try:
        for label, place in seats.items():
            place.train(steps[label])  # traces and warms up
        turns = [{label: place.train(steps[label]) for label, place in seats.items()} for _ in range(blocks)]
    finally:
        for place in seats.values():
            place.leave()
    return {label: [turn[label] for turn in turns] for label in contestants}


def row(blocks, steps, images_per_step):
    """The figures of one contestant."""
    seconds = median(blocks, "seconds") / steps
    return {
        "images_per_second": images_per_step / seconds,
        "seconds_per_step": seconds,
        "cpu_seconds_per_step": median(blocks, "cpu_seconds") / steps,
        "peak_mib": blocks[-1].peak_mib,
    }


def ratio(mine, theirs):
    """How many times as fast as another: by wall time, and by the cores' time."""
    return {
        "speed": statistics.median(their.seconds / my.seconds for my, their in zip(mine, theirs)),
        "cpu": statistics.median(their.cpu_seconds / my.cpu_seconds for my, their in zip(mine, theirs)),
    }


def median(blocks, field):
    """Of one field over the blocks."""
    return statistics.median(getattr(block, field) for block in blocks)
