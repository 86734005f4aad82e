"""`keras-gans request`"""

import pathlib
from typing import Annotated

import typer


def request(
    url: Annotated[str, typer.Argument(help="http://host:8501 or grpc://host:8500.")],
    name: Annotated[str, typer.Argument(help="The model's name.")],
    seeds: Annotated[str, typer.Option(help="FIRST:LAST (exclusive), or numbers with commas.")] = "0:16",
    labels: Annotated[str, typer.Option(help="Classes: one number for all, or one per seed with commas.")] = "",
    truncation: Annotated[float | None, typer.Option(help="Truncation, for a model that has it.")] = None,
    version: Annotated[int | None, typer.Option(help="Version number; by default the newest.")] = None,
    label_name: Annotated[str | None, typer.Option(help="Version label, e.g. stable.")] = None,
    timeout: Annotated[float, typer.Option(help="Seconds.")] = 30.0,
    out: Annotated[pathlib.Path, typer.Option(help="The PNG file.")] = pathlib.Path("grid.png"),
):
    """Requests samples from a server and saves them as one PNG.

    Example: keras-gans request http://127.0.0.1:8501 wgan_gp_mnist --seeds 0:16 --out grid.png
    """
    from keras_gans import images
    from keras_gans.serving import Client, ServingError

    numbers = parse_seeds(seeds)
    classes = [int(label) for label in labels.split(",")] if labels else None
    if classes is not None and len(classes) == 1:
        classes *= len(numbers)
    try:
        with Client(url, timeout=timeout) as client:
            samples = client.sample(name, numbers, classes, truncation, version, label_name)
    except ServingError as error:
        raise ValueError(f"{url} answered {error}") from None
    images.save_png(out, images.grid(samples))
    typer.echo(f"{len(samples)} samples: {out}")


def parse_seeds(text):
    """The seeds of "0:16" or "1,2,5"."""
    first, colon, last = text.partition(":")
    try:
        seeds = list(range(int(first or 0), int(last))) if colon else [int(seed) for seed in text.split(",")]
    except ValueError:
        seeds = []
    if not seeds:
        raise ValueError(f"Expected FIRST:LAST or numbers with commas, received: seeds={text!r}")
    return seeds
