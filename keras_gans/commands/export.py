"""`keras-gans export`"""

import pathlib
from typing import Annotated

import typer


def export(
    model: Annotated[str, typer.Argument(metavar="RUN_OR_PRESET", help="What to export.")],
    base_path: Annotated[
        pathlib.Path | None, typer.Argument(help="Where to; by default exports/NAME of the run or preset.")
    ] = None,
    version: Annotated[int | None, typer.Option(help="By default the number after the highest.", min=1)] = None,
    verify: Annotated[
        bool, typer.Option("--verify/--no-verify", help="Check the export before it takes its number.")
    ] = True,
    most_rows: Annotated[int, typer.Option(help="Most images that a request may ask for.", min=1)] = 256,
):
    """Writes a trained model as a SavedModel for TensorFlow Serving.

    Example: keras-gans export runs/demo exports/demo
    """
    from keras_gans import exports

    base_path = base_path or pathlib.Path("exports", pathlib.Path(model).resolve().name)
    folder = exports.export(model, base_path, version, verify=verify, most_rows=most_rows)
    typer.echo(f"{folder} ({'verified' if verify else 'not verified'})")
