"""`keras-gans verify-export`"""

import pathlib
from typing import Annotated

import rich
import typer
from rich.markup import escape
from rich.table import Table


def verify_export(
    folder: Annotated[pathlib.Path, typer.Argument(metavar="DIR", help="Version directory, e.g. exports/demo/1.")],
    tensorflow: Annotated[
        pathlib.Path | None,
        typer.Option(help="Folder of another release's package `tensorflow`, whose runtime then loads the export."),
    ] = None,
):
    """Checks an export in a fresh process, in the C++ session that TensorFlow Serving runs.

    Ends with exit status 1 if a check fails. Example: keras-gans verify-export exports/demo/1
    """
    from keras_gans import exports

    if not (folder / "saved_model.pb").is_file():
        raise FileNotFoundError(f"Expected a version directory (with saved_model.pb), received: {folder}")
    report = exports.verify(folder, tensorflow)
    rich.print(table(report))
    if not report.passed:
        raise typer.Exit(1)


def table(report):
    """A report as a table for the terminal."""
    drawn = Table(title=f"{report.folder}", title_justify="left", box=None, pad_edge=False)
    for column in ("check", "", "found"):
        drawn.add_column(column)
    for check in report.checks:
        drawn.add_row(check.name, "[green]ok[/]" if check.passed else "[red]FAILED[/]", escape(check.detail))
    return drawn
