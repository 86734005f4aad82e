"""`keras-gans explore`"""

import pathlib
from typing import Annotated

import typer


def explore(
    source: Annotated[
        str,
        typer.Argument(
            metavar="PRESET_OR_RUN_OR_URL", help="A preset's name or folder, a run's folder, or http://host:8501."
        ),
    ],
    name: Annotated[str | None, typer.Option(help="The model's name, on a server.")] = None,
    against: Annotated[
        str | None,
        typer.Option(help="Folder or data set of real images for neighbours; by default what it was trained on."),
    ] = None,
    host: Annotated[str, typer.Option(help="Address to bind; others than this machine can reach 0.0.0.0.")] = (
        "127.0.0.1"
    ),
    port: Annotated[int | None, typer.Option(help="By default the first free one from 7860 on.", min=1)] = None,
    browser: Annotated[bool, typer.Option(help="Open the page in the browser.")] = True,
):
    """Opens a web page on this machine: samples, interpolation, nearest real images, downloads.

    Examples:

    keras-gans explore wgan_gp_mnist

    keras-gans explore http://127.0.0.1:8501 --name wgan_gp_mnist --against mnist
    """
    from keras_gans import explorer

    page, url = explorer.launch(open_explorer(source, name, against), host, port, open_browser=browser, block=False)
    typer.echo(f"{url} (Ctrl-C stops it)")
    page.block_thread()


def open_explorer(source, name=None, against=None):
    """The `Explorer` of a model in this process, or of one on a server."""
    from keras_gans import presets
    from keras_gans.explorer import Explorer, Served

    if "://" in source and not source.startswith("hf://"):
        if name is None:
            raise ValueError(f"Expected --name, the model's name on the server, received: {source} alone")
        model, title = Served(source, name), f"{name} at {source}"
    else:
        model = presets.load_model(source)
        title, against = pathlib.PurePath(source).name, against or presets.trained_on(source)
    return Explorer(model, title, None if against is None else lambda: real_images(against, model))


def real_images(data, model):
    """uint8 images of the size that the model makes."""
    from keras_gans.data import arrays

    return arrays(data, "train", model.sample(1).shape[1:3])[0]
