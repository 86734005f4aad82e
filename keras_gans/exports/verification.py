"""Proof that an export will do in TensorFlow Serving, without TensorFlow Serving."""

import dataclasses

from keras_gans.exports import graph_checks, runtime_checks
from keras_gans.exports.graph_checks import Broken
from keras_gans.exports.runtime import Runtime, RuntimeFailure

_GRAPH_CHECKS = {
    "signatures": graph_checks.check_signatures,
    "types": graph_checks.check_types,
    "rows": graph_checks.check_rows,
    "operations": graph_checks.check_operations,
    "compilation": graph_checks.check_compilation,
}
_RUNTIME_CHECKS = {
    "warm-up": runtime_checks.check_warmup,
    "probe": runtime_checks.check_probe,
    "pictures": runtime_checks.check_png,
    "independence": runtime_checks.check_independence,
    "limits": runtime_checks.check_limits,
}


@dataclasses.dataclass(frozen=True)
class Check:
    """One line of a report.

    Args:
        name: what was checked.
        passed: whether it holds.
        detail: what was found.
    """

    name: str
    passed: bool
    detail: str


class Report:
    """The checks of an export, in the order in which they were made.

    Args:
        folder: version directory.
    """

    def __init__(self, folder):
        self.folder = folder
        self.checks = []

    @property
    def passed(self):
        return all(check.passed for check in self.checks)

    def raise_failures(self):
        """Raises ValueError with every check that failed; returns nothing otherwise."""
        failures = [f"{check.name}: {check.detail}" for check in self.checks if not check.passed]
        if failures:
            raise ValueError(f"Expected an export that can be served, received one that fails. {' '.join(failures)}")

    def run(self, name, check, *arguments, describe=str):
        """Makes a check and keeps its outcome; returns what the check returns, None where it fails.

        Args:
            name: of the check.
            check: function that returns what it found, or raises.
            *arguments: of the check.
            describe: function of what was found -> the check's detail.
        """
        try:
            found = check(*arguments)
        except (Broken, RuntimeFailure, OSError, KeyError, ValueError) as error:
            # What follows is where in the graph it happened.
            reason = str(error).partition("\n\t [[")[0]
            self.checks.append(Check(name, False, " ".join(reason.split())))
            return None
        self.checks.append(Check(name, True, describe(found)))
        return found


def verify(folder, package=None):
    """Checks a version directory as a server would load and run it; returns the `Report`.

    The graph is read, then run in a fresh process by the C++ loader and session that TensorFlow Serving uses, where
    nothing of Python's TensorFlow is loaded: the recorded requests are replayed, and the answers compared with those
    that Python gave when the export was written.

    Args:
        folder: version directory.
        package: folder of the package `tensorflow` whose runtime loads the export; None for the installed one.

    Raises:
        FileNotFoundError: where `folder` is no version directory.
    """
    report = Report(folder)
    graph = report.run("tag", graph_checks.read, folder, describe=lambda graph: graph_checks.TAG)
    if graph is None:
        return report
    for name, check in _GRAPH_CHECKS.items():
        report.run(name, check, graph)
    if not report.passed:
        return report  # A graph is a program: one that is wrong is not run.
    runtime = report.run("loading", Runtime, folder, package, describe=lambda runtime: f"TensorFlow {runtime.version}")
    if runtime is None:
        return report
    with runtime:
        loaded = runtime_checks.Loaded(folder, graph, runtime)
        for name, check in _RUNTIME_CHECKS.items():
            report.run(name, check, loaded)
    return report
