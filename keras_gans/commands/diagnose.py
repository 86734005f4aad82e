"""`keras-gans diagnose`"""

import os
import pathlib
from typing import Annotated

import typer


def diagnose(
    run: Annotated[pathlib.Path, typer.Argument(metavar="RUN", help="Folder of a run, finished or not.")],
    report: Annotated[pathlib.Path | None, typer.Option(help="The HTML file; by default RUN/diagnosis.html.")] = None,
    out: Annotated[pathlib.Path | None, typer.Option("--json", help="Write what was measured here too.")] = None,
    samples: Annotated[int, typer.Option(help="Real examples and samples that are looked at.", min=2)] = 240,
    extractor: Annotated[
        str | None,
        typer.Option(help="Measure distances in the features of this network, as in `evaluate`; by default in pixels."),
    ] = None,
):
    """What is wrong with a run? Prints a verdict and writes a report with plots, one file of HTML.

    The model is looked at as it is; what the callback Diagnostics has seen in training is read too. The exit status is
    1 where an alarm speaks of the model as it is.

    Example: keras-gans diagnose runs/demo
    """
    from keras_gans.diagnostics import diagnosis
    from keras_gans.diagnostics import report as html

    found = diagnosis.diagnose(run, n=samples, extractor=extractor)
    path = html.write(found, run / "diagnosis.html" if report is None else report)
    if out is not None:
        aside = out.with_name(f"{out.name}.part")
        aside.write_text(found.to_json(), encoding="utf-8")
        os.replace(aside, out)
    typer.echo(f"Verdict: {found.headline}")
    for verdict in found.verdicts:
        when = "" if verdict["when"] == "now" else f"In training, step {verdict['step']}: "
        typer.echo(f"{when}{verdict['sentence']}")
    for name, value in html.measured(found.now).items():
        typer.echo(f"{value:>8}  {name}")
    typer.echo(f"Report: {path}")
    if not found.healthy:
        raise typer.Exit(1)
