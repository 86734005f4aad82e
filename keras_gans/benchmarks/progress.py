"""How far runs have come: a file from which the same runs go on after a crash."""

import os
import pathlib
import time
import zipfile
import zlib

import keras
import numpy as np

from keras_gans.callbacks.divergence_alarm import first_not_finite


class Progress:
    """The games of a contestant, one for each seed, and how far they have come.

    With a path, all of it is kept at each snapshot, in a file written aside and then renamed: weights, optimizers,
    states of random seeds and pictures. The same runs go on from there.

    Args:
        protocol: a `Protocol`.
        contestant: a `Contestant`.
        seeds: list of integers.
        path: of the file, or None.

    Raises:
        ValueError: where the file is damaged, or that of other runs.
    """

    def __init__(self, protocol, contestant, seeds, path=None):
        self.protocol = protocol
        self.path = None if path is None else pathlib.Path(path)
        self.of = f"{contestant.name} from seeds {', '.join(map(str, seeds))} by {protocol}"
        self.games = [protocol.build(contestant, seed) for seed in seeds]
        self.diverged = np.zeros(len(seeds), bool)
        self.pictures = []
        self.snapshots = 0
        self._before, self._started = 0.0, time.monotonic()
        if self.path is not None and self.path.is_file():
            self._read()

    def seconds(self):
        """Of training, earlier starts included."""
        return self._before + time.monotonic() - self._started

    def keep(self, logs):
        """Looks at the games after another snapshot's steps, whose last `logs` have a value for each game."""
        for index, game in enumerate(self.games):
            finite = all(np.isfinite(values[index]) for values in logs.values()) and first_not_finite(game) is None
            self.diverged[index] |= not finite
        if not self.diverged[0]:
            self.pictures.append(self.protocol.picture(self.games[0]))
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
        aside.parent.mkdir(parents=True, exist_ok=True)
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
