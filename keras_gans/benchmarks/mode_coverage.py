"""Runs a benchmark: contestants times seeds, each finished run kept, with a progress bar and a sheet of strips."""

import concurrent.futures.process
import contextlib
import multiprocessing
import os
import pathlib
import re
import sys

from keras_gans.benchmarks import strips, vectorized
from keras_gans.benchmarks.record import Record

_RUNS_PER_PROCESS = 8


def run(protocol, contestants, runs=10, out=None, first_seed=0, say=print, jobs=1, vectorize=False):
    """Trains each contestant from `runs` seeds; runs that the file `out` already has are left out.

    Runs that are stopped go on at their last snapshot, from files in the folder `OUT-strips`.

    The first seed of each contestant leaves a strip of pictures in the folder `OUT-strips`, and all of them together
    one sheet, `OUT.png`.

    Args:
        protocol: a `Protocol`.
        contestants: list of `Contestant`.
        runs: seeds for each, `first_seed`, `first_seed + 1`, ...
        out: path of the JSON file, or None.
        say: called with one line after each run.
        jobs: how many runs go on at once; with more than one each has a process of its own, with its share of the
            cores, where classes that you have registered yourself are not known.
        vectorize: whether all seeds of a contestant are trained as one program, on JAX alone.

    Returns:
        The `Record`.

    Raises:
        RuntimeError: where the process of a run was killed, or the backend cannot vectorize.
        ValueError: for both ways at once.
    """
    if vectorize and jobs > 1:
        raise ValueError(f"Expected either several jobs or vectorization, received: {jobs} jobs and vectorization.")
    record = Record(out, protocol)
    # Seed by seed, so that a benchmark that is stopped early has runs of all contestants.
    waiting = [(one, seed) for seed in range(first_seed, first_seed + runs) for one in contestants]
    waiting = [(one, seed) for one, seed in waiting if not record.has(one, seed)]
    found = _vectorized(protocol, waiting, out) if vectorize else _results(protocol, waiting, out, jobs)
    with contextlib.closing(found) as results:
        for result, pictures in results:
            record.add(result)
            if out is not None and result["seed"] == first_seed and pictures:
                strips.save(_strip_path(out, result["contestant"]), pictures)
                _draw_sheet(record, out)
            figures = "  ".join(f"{name} {result[name]}" for name in protocol.figures)
            say(f"{result['contestant']}, seed {result['seed']}: {figures}  {result['seconds']} s")
    return record


def _results(protocol, waiting, out, jobs):
    """Gives the figures and the pictures of each run when it ends."""
    states = [_state_path(out, contestant.name, [seed]) for contestant, seed in waiting]
    if jobs == 1:
        for number, ((contestant, seed), state) in enumerate(zip(waiting, states), start=1):
            what = f"{number}/{len(waiting)} {contestant.name}, seed {seed}"
            with _bar(what, protocol.steps) as advance:
                result = protocol.run(contestant, seed, advance, state)
            yield result
            _remove(state)
        return
    # Started anew after some runs, since XLA keeps what it has compiled as long as a process lives.
    pool = concurrent.futures.ProcessPoolExecutor(
        jobs,
        multiprocessing.get_context("spawn"),
        initializer=_share_cores,
        initargs=(jobs,),
        max_tasks_per_child=_RUNS_PER_PROCESS,
    )
    try:
        ends = {
            pool.submit(protocol.run, contestant, seed, state=state): state
            for (contestant, seed), state in zip(waiting, states)
        }
        with _bar("runs", len(waiting)) as advance:
            for end in concurrent.futures.as_completed(ends):
                yield end.result()
                _remove(ends[end])
                advance(1)
    except concurrent.futures.process.BrokenProcessPool:
        raise RuntimeError(
            f"Expected {jobs} processes to live until their runs end, but one was killed, as happens where memory is "
            "short: with --json the runs that have ended are kept, and the same command goes on (with fewer --jobs)."
        ) from None
    finally:
        pool.shutdown(cancel_futures=True)


def _vectorized(protocol, waiting, out):
    """As `_results`, with all seeds of a contestant at once."""
    contestants = {contestant.name: contestant for contestant, _ in waiting}
    for number, (name, contestant) in enumerate(contestants.items(), start=1):
        seeds = [seed for one, seed in waiting if one.name == name]
        state = _state_path(out, name, seeds)
        what = f"{number}/{len(contestants)} {name}, seeds {seeds[0]} to {seeds[-1]}"
        with _bar(what, protocol.steps) as advance:
            results = vectorized.run(protocol, contestant, seeds, advance, state)
        yield from results
        _remove(state)


def _state_path(out, name, seeds):
    """Where runs are kept until they have ended."""
    if out is None:
        return None
    strip = _strip_path(out, name)
    return strip.with_name(f"{strip.stem}-{'-'.join(map(str, seeds))}.state")


def _remove(state):
    if state is not None:
        state.unlink(missing_ok=True)


def _share_cores(jobs):
    """TensorFlow reads these when it starts its threads, with the first operation."""
    for pool in ("INTRAOP", "INTEROP"):
        os.environ[f"TF_NUM_{pool}_THREADS"] = str(max(os.cpu_count() // jobs, 1))


def _strip_path(out, name):
    out = pathlib.Path(out)
    return out.with_name(f"{out.stem}-strips") / (re.sub(r"[^\w.=-]+", "_", name).strip("_") + ".png")


def _draw_sheet(record, out):
    target = record.protocol.target()
    paths = {name: _strip_path(out, name) for name in record.summary()}
    rows = {name: strips.load(path, target.shape[1]) for name, path in paths.items() if path.is_file()}
    strips.sheet(str(pathlib.Path(out).with_suffix(".png")), rows, target, record.protocol.steps)


@contextlib.contextmanager
def _bar(what, total):
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
