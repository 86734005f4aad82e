"""All seeds of a contestant as one program: many small games together fill an accelerator that one alone cannot."""

import itertools

import numpy as np

from keras_gans import backend
from keras_gans.benchmarks.progress import Progress

_EXAMPLES_PER_CALL = 2**14
"""Of each game: a call's data must fit the device."""


def run(protocol, contestant, seeds, advance=lambda steps: None, state=None):
    """Trains one contestant from several seeds at once, each as `protocol.run` trains it from its own.

    A game that diverges has no figures; the others go on.

    Args:
        protocol: a `Protocol`.
        contestant: a `Contestant`.
        seeds: list of integers.
        advance: `advance(steps)` is told of progress.
        state: path of a file where everything is kept at each snapshot, so that the same call goes on from there.

    Returns:
        A list with a `(record, pictures)` for each seed; the seconds are shared out equally, and the first seed alone
        has pictures.

    Raises:
        RuntimeError: on another backend than JAX.
        ValueError: where `state` is damaged, or that of other runs.
    """
    if backend.Together is None:
        raise RuntimeError("Expected KERAS_BACKEND=jax, which alone trains several seeds as one program.")
    progress = Progress(protocol, contestant, seeds, state)
    together = backend.Together(progress.games)
    size, part = protocol.examples_per_step(progress.games[0]), protocol.steps // protocol.snapshots
    streams = [protocol.rows(size, seed, start=progress.snapshots * part) for seed in seeds]
    advance(progress.snapshots * part)
    divisors = (count for count in range(1, part + 1) if part % count == 0)
    steps = max((count for count in divisors if count * size <= _EXAMPLES_PER_CALL), default=1)
    while progress.snapshots < protocol.snapshots:
        for _ in range(part // steps):
            drawn = np.stack([np.stack(list(itertools.islice(stream, steps))) for stream in streams])
            logs = together.train(protocol.examples(drawn))
            advance(steps)
        together.write_back()
        progress.keep(logs)
    results = [protocol.result(contestant, *run) for run in zip(seeds, progress.games, progress.diverged.tolist())]
    seconds = round(progress.seconds() / len(seeds), 1)
    pictures = [progress.pictures, *[[]] * (len(seeds) - 1)]
    return [({**result, "seconds": seconds}, shown) for result, shown in zip(results, pictures)]
