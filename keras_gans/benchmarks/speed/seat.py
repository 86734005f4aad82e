"""A place for each contestant: a process of its own, idle while the others have their turn."""

import concurrent.futures
import importlib
import multiprocessing
from typing import NamedTuple


class Block(NamedTuple):
    """What a block of train steps took.

    Args:
        seconds, cpu_seconds: as `Elapsed`.
        peak_mib: memory so far above that before the networks were built; None where the system does not tell.
    """

    seconds: float
    cpu_seconds: float
    peak_mib: float | None


class Place:
    """A contestant in this process.

    Args:
        kind: module of this package with a class `Contestant`.
        case: a `Case`.
        options: of the contestant.
    """

    def __init__(self, kind, case, options):
        module = importlib.import_module(f"keras_gans.benchmarks.speed.{kind}")
        self._before = _mebibytes("VmRSS")
        self.contestant = module.Contestant(case, **options)

    def train(self, steps):
        """The `Block` of `steps` train steps."""
        elapsed = self.contestant.train(steps)
        peak = _mebibytes("VmHWM")
        return Block(*elapsed, None if peak is None else peak - self._before)

    def leave(self):
        """Nothing has to be given back."""


class Seat:
    """A contestant in a process of its own: a peak of memory never falls, and frameworks do not share threads."""

    def __init__(self, kind, case, options):
        spawn = multiprocessing.get_context("spawn")
        self._process = concurrent.futures.ProcessPoolExecutor(
            1, mp_context=spawn, initializer=_sit_down, initargs=(kind, case, options)
        )

    def train(self, steps):
        """The `Block` of `steps` train steps."""
        return self._process.submit(_train, steps).result()

    def leave(self):
        self._process.shutdown()


_places = []


def _sit_down(kind, case, options):
    _places.append(Place(kind, case, options))


def _train(steps):
    return _places[0].train(steps)


def _mebibytes(field):
    """Memory of this process: resident now (VmRSS) or at most so far (VmHWM); None where there is no /proc."""
    try:
        with open("/proc/self/status") as file:
            return next(int(line.split()[1]) for line in file if line.startswith(field)) / 1024
    except FileNotFoundError:
        return None
