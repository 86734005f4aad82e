"""All seeds of a contestant as one program: many small games together fill an accelerator that one alone cannot."""

import itertools
import os
import pathlib
import time
import zipfile
import zlib

import keras
import numpy as np

from keras_gans import backend
from keras_gans.callbacks.divergence_alarm import first_not_finite

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
    of = f"{contestant.name} from seeds {', '.join(map(str, seeds))} by {protocol}"
    progress = _Progress(state, of, [protocol.build(contestant, seed) for seed in seeds])
    together = backend.Together(progress.games)
    size, part = protocol.examples_per_step(progress.games[0]), protocol.steps // protocol.snapshots
    streams = [_rows(protocol, size, seed, progress.snapshots * part) for seed in seeds]
    advance(progress.snapshots * part)
    divisors = (count for count in range(1, part + 1) if part % count == 0)
    steps = max((count for count in divisors if count * size <= _EXAMPLES_PER_CALL), default=1)
    while progress.snapshots < protocol.snapshots:
        for _ in range(part // steps):
            drawn = np.stack([np.stack(list(itertools.islice(stream, steps))) for stream in streams])
            logs = together.train(protocol.examples(drawn))
            advance(steps)
        together.write_back()
        progress.keep(protocol, logs)
    results = [protocol.result(contestant, *run) for run in zip(seeds, progress.games, progress.diverged.tolist())]
    seconds = round(progress.seconds() / len(seeds), 1)
    pictures = [progress.pictures, *[[]] * (len(seeds) - 1)]
    return [({**result, "seconds": seconds}, shown) for result, shown in zip(results, pictures)]


def _rows(protocol, size, seed, start):
    """The rows of a protocol's draws, one by one, from the row `start`."""
    return itertools.islice((row for drawn in protocol.draws(size, seed) for row in drawn), start, None)


class _Progress:
    """The games and how far they have come; written to a file aside, which is then renamed.

    Args:
        path: of the file, or None.
        of: the runs in words, which a file must agree with.
        games: list of them.
    """

    def __init__(self, path, of, games):
        self.path = None if path is None else pathlib.Path(path)
        self.of = of
        self.games = games
        self.diverged = np.zeros(len(games), bool)
        self.pictures = []
        self.snapshots = 0
        self._before, self._started = 0.0, time.monotonic()
        if self.path is not None and self.path.is_file():
            self._read()

    def seconds(self):
        return self._before + time.monotonic() - self._started

    def keep(self, protocol, logs):
        """Looks at the games after the last steps' `logs`, and keeps them."""
        for index, game in enumerate(self.games):
            finite = all(np.isfinite(values[index]) for values in logs.values()) and first_not_finite(game) is None
            self.diverged[index] |= not finite
        if not self.diverged[0]:
            self.pictures.append(protocol.picture(self.games[0]))
        self.snapshots += 1
        if self.path is not None:
            self._write()

    def _variables(self):
        groups = ((game.variables, game.optimizer.variables, game.metrics_variables) for game in self.games)
        return [variable for several in groups for variables in several for variable in variables]

    def _write(self):
        values = {str(number): keras.ops.convert_to_numpy(value) for number, value in enumerate(self._variables())}
        facts = {"of": self.of, "snapshots": self.snapshots, "seconds": self.seconds(), "diverged": self.diverged}
        aside = self.path.with_name(f"{self.path.name}.part")
        with open(aside, "wb") as file:
            np.savez(file, pictures=np.asarray(self.pictures), **facts, **values)
        os.replace(aside, self.path)

    def _read(self):
        try:
            with np.load(self.path) as file:
                there = dict(file)
            of = str(there["of"])
        except (OSError, EOFError, KeyError, TypeError, ValueError, zipfile.BadZipFile, zlib.error):
            of = "something else, or damaged"
        if of != self.of:
            raise ValueError(f"Expected the state of {self.of}, received {of}: remove {self.path} to begin anew.")
        for number, variable in enumerate(self._variables()):
            variable.assign(there[str(number)])
        self.pictures, self.diverged = list(there["pictures"]), there["diverged"]
        self.snapshots, self._before = int(there["snapshots"]), float(there["seconds"])
