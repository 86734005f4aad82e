"""The diagnosis of a run: what its alarms say of its past and of its present."""

import dataclasses
import json
import os

from keras_gans import runs
from keras_gans.callbacks.diagnostics import EXAMINATIONS
from keras_gans.data.loading import find
from keras_gans.diagnostics import alarms, examination


@dataclasses.dataclass(frozen=True)
class Diagnosis:
    """What `diagnose` found.

    Args:
        run: the folder.
        configuration: the run's `Configuration`.
        history: `{name: [value per epoch]}`.
        examinations: what the callback `Diagnostics` saw while the run was trained; empty where it was not there.
        now: the `Examination` of the model as it is.
        verdicts: of the alarms that fired while it was trained, in order, and of those that are bad now.
        samples, real: images or points, uint8 or float32.
    """

    run: str
    configuration: object
    history: dict
    examinations: list
    now: examination.Examination
    verdicts: list
    samples: object
    real: object

    @property
    def present(self):
        """The verdicts on the model as it is."""
        return [verdict for verdict in self.verdicts if verdict["when"] == "now"]

    @property
    def healthy(self):
        return not self.present

    @property
    def headline(self):
        """The verdict in one word or more: "healthy", or the names of the alarms."""
        return "healthy" if self.healthy else ", ".join(verdict["alarm"] for verdict in self.present)

    def to_json(self):
        content = {
            "run": self.run,
            "verdict": self.headline,
            "verdicts": self.verdicts,
            "now": dataclasses.asdict(self.now),
        }
        return json.dumps(content, indent=2) + "\n"


def diagnose(run, n=240, extractor=None):
    """Examines the model of a run folder, and reads what was seen while it was trained.

    Args:
        run: folder of a run, finished or not.
        n: real examples and samples that are looked at.
        extractor: an `Extractor`, or the name of one, in whose features distances are measured; None: in pixels.

    Returns:
        A `Diagnosis`.
    """
    configuration = runs.read_configuration(run)
    model = runs.load_run(run)
    examiner = examination.Examiner(
        model,
        configuration.dataset,
        n=n,
        split=configuration.data["split"],
        held_out=_held_out(configuration),
        extractor=extractor,
    )
    samples = examiner.samples(model)
    history = _read(os.path.join(run, runs.HISTORY), lambda path: runs.read_history(run), {})
    seen = _read(os.path.join(run, runs.DIAGNOSTICS, EXAMINATIONS), examination.read, [])
    now = examiner(model, epoch=len(next(iter(history.values()), ())), samples=samples)
    return Diagnosis(
        run=os.fspath(run),
        configuration=configuration,
        history=history,
        examinations=seen,
        now=now,
        verdicts=verdicts(model, seen, now),
        samples=samples,
        real=examiner.real,
    )


def verdicts(model, seen, now):
    """What the alarms say of a series of examinations, and of the last one alone."""
    found = []
    for alarm in alarms.defaults():
        if not alarm.applies(model):
            continue
        fired = [alarm.observe(one) for one in seen]
        found += [{**verdict, "when": "in training"} for verdict in fired if verdict is not None]
        if alarm.bad_now(now):
            found.append({**alarm.verdict(now), "when": "now"})
    return sorted(found, key=lambda verdict: (verdict["when"] == "now", verdict["step"]))


def _held_out(configuration):
    """The split "test", where there is one that was not trained on."""
    trained_on = configuration.data["split"]
    return "test" if "test" in find(configuration.dataset).splits and "test" not in trained_on else None


def _read(path, reader, otherwise):
    return reader(path) if os.path.isfile(path) else otherwise
