"""The JSON file of a benchmark: every finished run is in it, and is not run again."""

import dataclasses
import json
import os
import pathlib
import sys

import keras
import numpy as np

from keras_gans._version import __version__
from keras_gans.machine import hardware


class Record:
    """Runs by contestant and seed, with the protocol that they kept to.

    Args:
        path: of the JSON file, or None to keep the runs in memory only.
        protocol: a `Protocol`.

    Raises:
        FileExistsError: where the file holds runs of another protocol.
        ValueError: where it holds something else.
    """

    def __init__(self, path, protocol):
        self.path = None if path is None else pathlib.Path(path)
        self.protocol = protocol
        self.settings = {"benchmark": protocol.name, **dataclasses.asdict(protocol)}
        self.runs = []
        if self.path is not None and self.path.is_file():
            there = read_report(self.path)
            if there["protocol"] != self.settings:
                raise FileExistsError(
                    f"Expected runs of the protocol {self.settings}, received: {self.path} with runs of "
                    f"{there['protocol']}: choose another file."
                )
            self.runs = there["runs"]

    def has(self, contestant, seed):
        return any(run["contestant"] == contestant.name and run["seed"] == seed for run in self.runs)

    def add(self, run):
        """Adds a finished run and what it ran on, and writes the file aside, then renames it."""
        self.runs.append({**run, "backend": keras.backend.backend(), "machine": hardware()})
        if self.path is None:
            return
        self.path.parent.mkdir(parents=True, exist_ok=True)
        aside = self.path.with_name(f"{self.path.name}.part")
        aside.write_text(json.dumps(self.report(), indent=2) + "\n", encoding="utf-8")
        os.replace(aside, self.path)

    def report(self):
        """JSON-ready: protocol, summary, runs, and what they ran on."""
        return {
            "protocol": self.settings,
            "reference": self.protocol.reference,
            "command": " ".join(["keras-gans", *sys.argv[1:]]),
            "keras_gans": __version__,
            "keras": keras.__version__,
            "backend": keras.backend.backend(),
            "machine": hardware(),
            "summary": self.summary(),
            "runs": self.runs,
        }

    def summary(self):
        """For each contestant, the mean and the standard error of each figure over its runs that did not diverge.

        The protocol's contestants come first, in its order, whatever ran first.
        """
        ran = dict.fromkeys(run["contestant"] for run in self.runs)
        names = dict.fromkeys([*(name for name in self.protocol.contestants if name in ran), *ran])
        return {name: self._row([run for run in self.runs if run["contestant"] == name]) for name in names}

    def _row(self, runs):
        row = {"runs": len(runs), "diverged": sum(run["diverged"] for run in runs)}
        for figure in self.protocol.figures:
            values = [run[figure] for run in runs if run[figure] is not None]
            error = float(np.std(values, ddof=1) / np.sqrt(len(values))) if len(values) > 1 else None
            row[figure] = (float(np.mean(values)) if values else None, error)
        row["minutes"] = round(float(np.mean([run["seconds"] for run in runs])) / 60.0, 1)
        return row

    def table(self):
        """The summary and the published rows as a Markdown table."""
        figures = self.protocol.figures
        marks = {"higher": "up", "lower": "down"}
        heads = [f"{name} ({marks[better]})" for name, better in figures.items()]
        lines = [["", *heads, "runs", "minutes"], ["---"] * (len(heads) + 3)]
        for name, row in self.summary().items():
            runs = f"{row['runs']}, {row['diverged']} diverged" if row["diverged"] else str(row["runs"])
            lines.append([name, *[_cell(row[figure]) for figure in figures], runs, str(row["minutes"])])
        for name, row in self.protocol.published.items():
            lines.append([f"published: {name}", *[_cell(row.get(figure)) for figure in figures], "", ""])
        return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _cell(value):
    if value is None or value[0] is None:
        return "-"
    mean, error = value
    return f"{mean:.3g}" if error is None else f"{mean:.3g} +- {error:.2g}"


def read_report(path):
    """The report of finished runs that a `Record` has written."""
    try:
        report = json.loads(pathlib.Path(path).read_text(encoding="utf-8"))
        valid = all(report[part] for part in ("protocol", "machine", "runs"))
    except (OSError, KeyError, TypeError, ValueError):
        valid = False
    if not valid:
        raise ValueError(f"Expected a file of runs that `keras-gans bench --json` has written, received: {path}")
    return report
