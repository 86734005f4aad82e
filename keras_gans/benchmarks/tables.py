"""The tables of docs/benchmarks.md, from the JSON files of finished runs."""

import collections
import os
import pathlib
import re

from keras_gans.benchmarks import protocols
from keras_gans.benchmarks.record import Record, read_report

_BLOCK = re.compile(r"(<!-- table: (\S+) -->\n).*?(<!-- /table -->)", re.DOTALL)


def table(path):
    """A benchmark's runs beside the published rows, and what they were run with, as Markdown."""
    report = read_report(path)
    record = Record(path, protocols.of(report["protocol"]))
    return f"{record.table()}\n\n{_facts(report)}"


def refreshed(text, folder):
    """A page with each block `<!-- table: FILE --> ... <!-- /table -->` made anew: the table and the sheet of strips.

    Args:
        text: of the page.
        folder: that the blocks' files are in.
    """
    return _BLOCK.sub(lambda block: f"{block[1]}{_block(pathlib.Path(folder), block[2])}\n{block[3]}", text)


def refresh(page):
    """Writes a page with its tables made anew, aside and renamed."""
    page = pathlib.Path(page)
    text = refreshed(page.read_text(encoding="utf-8"), page.parent)
    aside = page.with_name(f"{page.name}.part")
    aside.write_text(text, encoding="utf-8")
    os.replace(aside, page)


def _block(folder, name):
    if not (folder / name).is_file():
        return "No runs yet."
    sheet = pathlib.PurePosixPath(name).with_suffix(".png")
    strips = f"\n\n![What the games make over the steps]({sheet})" if (folder / sheet).is_file() else ""
    return table(folder / name) + strips


def _facts(report):
    settings = ", ".join(f"{key} {value:,}" for key, value in report["protocol"].items() if key != "benchmark")
    seeds = sorted({run["seed"] for run in report["runs"]})
    over = f"Seeds {seeds[0]} to {seeds[-1]}, means and standard errors" if len(seeds) > 1 else f"Seed {seeds[0]}"
    count = len(report["runs"])
    hours = sum(run["seconds"] for run in report["runs"]) / 3600.0
    return (
        f"Protocol: {settings}. {over}; "
        f"{count} {'run' if count == 1 else 'runs'}, {hours:.1f} hours in all on {_each(report, 'machine')}; "
        f"keras_gans {report['keras_gans']}, Keras {report['keras']} on {_each(report, 'backend')}."
    )


def _each(report, fact):
    """What the runs say of a fact, each once and with how many of them if there are several."""
    counts = collections.Counter(run.get(fact, report[fact]) for run in report["runs"])
    return " and ".join(
        f"{name} ({count} of {counts.total()})" if len(counts) > 1 else name for name, count in counts.items()
    )
