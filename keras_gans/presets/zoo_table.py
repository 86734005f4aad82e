"""What is generated of the zoo's presets: a card each, and the table in the README."""

import os
import pathlib

from keras_gans.presets import card, preset, zoo
from keras_gans.presets.saving import CARD, PICTURE

START, END = "<!-- zoo -->", "<!-- /zoo -->"
SHOWN = ("fid", "kid", "precision", "recall")
"""Metrics of the README's table, whatever their protocols."""


def presets():
    """All presets of the zoo: name -> `Preset`."""
    return {name: preset.read(zoo.zoo_path() / name) for name in zoo.names()}


def lines():
    """One line about each preset, for the terminal: name -> title and first score."""
    return {name: f"{found.title}{_first_score(found)}" for name, found in presets().items()}


def table():
    """The README's table, Markdown, with paths from the repository's root."""
    head = ["", "preset", "paper", "trained on", *SHOWN, "MB"]
    rows = [head, ["---"] * len(head), *(_row(found) for found in presets().values())]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


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
    results = {result["metric"].partition("_")[0]: result for result in found.results}
    size = sum(file["bytes"] for file in found.files.values()) / 1e6
    return [
        f'<img src="zoo/{found.name}/{PICTURE}" width="96">',
        f"[`{found.name}`](zoo/{found.name}/{CARD})",
        _paper(found.reference),
        found.data.get("name") or "",
        *(_score(results.get(metric)) for metric in SHOWN),
        f"{size:.1f}",
    ]


def _paper(reference):
    kind, _, number = (reference or "").partition(":")
    return f"[{number}](https://arxiv.org/abs/{number})" if kind == "arXiv" else reference or ""


def _score(result):
    if result is None:
        return ""
    plus_minus = result.get("plus_minus")
    return f"{result['value']:.3g}" + ("" if plus_minus is None else f" ± {plus_minus:.2g}")


def _first_score(found):
    if not found.results:
        return ""
    return f" ({found.results[0]['metric']} {_score(found.results[0])})"
