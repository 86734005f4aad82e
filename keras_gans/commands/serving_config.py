"""`keras-gans serving-config`"""

import pathlib
from typing import Annotated

import typer


def serving_config(
    exports_dir: Annotated[pathlib.Path, typer.Argument(help="Holds <model>/<version>/saved_model.pb.")],
    output: Annotated[pathlib.Path, typer.Option(help="Folder of the files.")] = pathlib.Path("serving"),
    models_root: Annotated[str, typer.Option(help="Where the server will find the exports.")] = "/models",
    canary: Annotated[
        bool, typer.Option("--canary", help="Label the newest version canary and the one before it stable.")
    ] = False,
    batch_threads: Annotated[int, typer.Option(help="Cores of the server.", min=1)] = 4,
):
    """Writes and validates what tensorflow/serving needs to serve a folder of exports.

    Example: keras-gans serving-config exports --output serving
    """
    from keras_gans.serving import ServingError, write_configs

    try:
        paths = write_configs(exports_dir, output, models_root, canary, batch_threads)
    except ServingError as error:
        raise ValueError(error.message) from None
    for path in paths:
        typer.echo(path)
