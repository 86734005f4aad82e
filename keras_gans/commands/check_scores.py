"""`keras-gans evaluate PRESET --check`"""

import rich
import typer
from rich.table import Table


def check_scores(source, metrics=None, runs=None, progress=None):
    """Computes the scores of a preset's card again, and ends with exit code 1 where one is not as published.

    Args:
        source: name or folder of the preset.
        metrics: names, or None for all.
        runs: sets of samples, or None for as many as were published.
        progress: of `Evaluator`.
    """
    from keras_gans.evaluation.recomputation import recompute
    from keras_gans.presets import loading, preset

    folder = loading.locate(source)
    found = preset.read(folder)
    model = loading.build(found, folder)
    compared = recompute(model, found.results, found.data["name"], metrics, runs, progress=progress)
    rich.print(table(compared))
    failures = [comparison for comparison in compared if not comparison.holds]
    for failure in failures:
        typer.secho(f"Error: {failure}", fg="red", err=True)
    if failures:
        raise typer.Exit(1)
    typer.echo(f"{len(compared)} scores of {found.name} are as published.")


def table(compared):
    """Comparisons as a table for the terminal."""
    drawn = Table(box=None, pad_edge=False)
    for column in ("metric", "published", "recomputed", "difference", "tolerance"):
        drawn.add_column(column, no_wrap=True)
    for one in compared:
        numbers = f"{one.published:.6g}", f"{one.recomputed:.6g}", f"{one.difference:+.2g}", f"{one.tolerance:.2g}"
        drawn.add_row(one.metric, *numbers)
    return drawn
