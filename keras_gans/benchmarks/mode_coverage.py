"""Runs a benchmark: contestants times seeds, each finished run kept, with a progress bar and a sheet of strips."""

import contextlib
import pathlib
import re
import sys

from keras_gans.benchmarks import strips
from keras_gans.benchmarks.record import Record


def run(protocol, contestants, runs=10, out=None, first_seed=0, say=print):
    """Trains each contestant from `runs` seeds; runs that the file `out` already has are left out.

    The first seed of each contestant leaves a strip of pictures in the folder `OUT-strips`, and all of them together
    one sheet, `OUT.png`.

    Args:
        protocol: a `Protocol`.
        contestants: list of `Contestant`.
        runs: seeds for each, `first_seed`, `first_seed + 1`, ...
        out: path of the JSON file, or None.
        say: called with one line after each run.

    Returns:
        The `Record`.
    """
    record = Record(out, protocol)
    # Seed by seed, so that a benchmark that is stopped early has runs of all contestants.
    waiting = [(one, seed) for seed in range(first_seed, first_seed + runs) for one in contestants]
    waiting = [(one, seed) for one, seed in waiting if not record.has(one, seed)]
    for number, (contestant, seed) in enumerate(waiting, start=1):
        with _progress(f"{number}/{len(waiting)} {contestant.name}, seed {seed}", protocol.steps) as advance:
            result, pictures = protocol.run(contestant, seed, advance)
        record.add(result)
        if out is not None and seed == first_seed and pictures:
            strips.save(_strip_path(out, contestant.name), pictures)
            _draw_sheet(record, out)
        figures = "  ".join(f"{name} {result[name]}" for name in protocol.figures)
        say(f"{contestant.name}, seed {seed}: {figures}  {result['seconds']} s")
    return record


def _strip_path(out, name):
    out = pathlib.Path(out)
    return out.with_name(f"{out.stem}-strips") / (re.sub(r"[^\w.=-]+", "_", name).strip("_") + ".png")


def _draw_sheet(record, out):
    target = record.protocol.target()
    paths = {name: _strip_path(out, name) for name in record.summary()}
    rows = {name: strips.load(path, target.shape[1]) for name, path in paths.items() if path.is_file()}
    strips.sheet(str(pathlib.Path(out).with_suffix(".png")), rows, target, record.protocol.steps)


@contextlib.contextmanager
def _progress(what, total):
    """Gives `advance(steps)`; draws a bar on standard error if someone is looking."""
    if not sys.stderr.isatty():
        yield lambda steps: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=total)
        yield lambda steps: bar.advance(task, steps)
