"""Time of the wall and time of the cores."""

import time
from typing import NamedTuple


class Elapsed(NamedTuple):
    """What a block of train steps took.

    Args:
        seconds: of wall time.
        cpu_seconds: of all cores together, which other work on the machine changes little.
    """

    seconds: float
    cpu_seconds: float


class Stopwatch:
    """Runs from when it is made."""

    def __init__(self):
        self._wall, self._cpu = time.perf_counter(), time.process_time()

    def read(self):
        return Elapsed(time.perf_counter() - self._wall, time.process_time() - self._cpu)
