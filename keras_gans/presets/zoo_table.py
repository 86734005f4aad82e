"""What is generated of the zoo's presets: a card each, and the table in the README."""

import os
import pathlib

from keras_gans.evaluation.protocol import Protocol
from keras_gans.presets import card, markdown, preset, zoo
from keras_gans.presets.saving import CARD, PICTURE
from keras_gans.presets.targets import best_miss, misses

START, END = "<!-- zoo -->", "<!-- /zoo -->"
SHOWN = {
    "fid": "FID",
    "kid": "KID",
    "precision": "precision",
    "recall": "recall",
    "classes": "classes",
    "label_accuracy": "labels",
}
"""Metrics of the README's table, whatever their protocols, and their columns."""
SEEDS = "FID over training seeds"


def presets():
    """All presets of the zoo: name -> `Preset`."""
    return {name: preset.read(zoo.zoo_path() / name) for name in zoo.names()}


def lines():
    """One line about each preset, for the terminal: name -> title and first score."""
    return {name: f"{found.title}{_first_score(found)}" for name, found in presets().items()}


def table():
    """The README's table and what misses its targets, Markdown, with paths from the repository's root."""
    found = presets().values()
    head = ["", "preset", "paper", "trained on", *SHOWN.values(), SEEDS, "MB"]
    rows = [head, *(_row(one) for one in found), *_floors(found)]
    # A column that no row fills says nothing yet.
    kept = [index for index in range(len(head)) if index == 0 or any(row[index] for row in rows[1:])]
    shown = markdown.table([[row[index] for index in kept] for row in rows])
    missed = [f"- [`{one.name}`](zoo/{one.name}/{CARD}): {miss}" for one in found for miss in misses(one)]
    missed += [f"- {sentence}" for sentence in [best_miss(found)] if sentence]
    return "\n".join([shown, *(["", "Known misses of the zoo's targets:", "", *missed] if missed else [])])


def generated(readme):
    """Everything that is generated: path -> text as it should be. A README without the markers has no table."""
    texts = {zoo.zoo_path() / name / CARD: card.text(found) for name, found in presets().items()}
    readme = pathlib.Path(readme)
    if readme.is_file():
        before, start, rest = readme.read_text(encoding="utf-8").partition(START)
        _, end, after = rest.partition(END)
        if end:
            texts[readme] = f"{before}{start}\n{table()}\n{end}{after}"
    return texts


def stale(readme):
    """Paths of the generated files that are not what their presets say."""
    return [
        path
        for path, text in generated(readme).items()
        if not path.is_file() or path.read_text(encoding="utf-8") != text
    ]


def refresh(readme):
    """Writes what is stale; returns its paths."""
    paths, texts = stale(readme), generated(readme)
    for path in paths:
        aside = path.with_name(f"{path.name}.part")
        aside.write_text(texts[path], encoding="utf-8")
        os.replace(aside, path)
    return paths


def _row(found):
    results = _by_output(found.results)
    size = sum(file["bytes"] for file in found.files.values()) / 1e6
    return [
        f'<img src="zoo/{found.name}/{PICTURE}" width="96">',
        f"[`{found.name}`](zoo/{found.name}/{CARD})",
        _paper(found.reference),
        found.data.get("name") or "",
        *(_score(results.get(metric)) for metric in SHOWN),
        _seeds(results.get("fid")),
        f"{size:.1f}",
    ]


def _floors(found):
    """A row for each data set: what real images score in place of samples."""
    known = {}
    for one in found:
        floors = {output: result.get("floor") for output, result in _by_output(one.results).items()}
        known.setdefault(one.data.get("name"), {}).update(floors)
    for data, floors in known.items():
        if any(value is not None for value in floors.values()):
            values = (markdown.number(floors.get(metric), 3) for metric in SHOWN)
            yield ["", "*real images*", "", data, *values, "", ""]


def _by_output(results):
    return {Protocol.parse(result["metric"]).outputs[0]: result for result in results}


def _seeds(result):
    found = (result or {}).get("training_seeds")
    return "" if found is None else f"{markdown.spread(found['mean'], found['plus_minus'])} ({len(found['seeds'])})"


def _paper(reference):
    kind, _, number = (reference or "").partition(":")
    return f"[{number}](https://arxiv.org/abs/{number})" if kind == "arXiv" else reference or ""


def _score(result):
    return "" if result is None else markdown.spread(result["value"], result.get("plus_minus"))


def _first_score(found):
    if not found.results:
        return ""
    return f" ({found.results[0]['metric']} {_score(found.results[0])})"
