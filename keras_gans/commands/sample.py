"""`keras-gans sample`"""

import pathlib
from typing import Annotated

import typer


def sample(
    source: Annotated[
        str,
        typer.Argument(metavar="PRESET_OR_RUN", help="A preset's name or folder, hf://..., or a run's folder."),
    ],
    n: Annotated[int, typer.Option("-n", help="Number of images.", min=1)] = 64,
    seed: Annotated[int, typer.Option(help="Seed of the first image; the next ones count up.", min=0)] = 0,
    labels: Annotated[
        str, typer.Option(help="Classes, for a game that has them: numbers with commas, repeated as needed.")
    ] = "",
    out: Annotated[pathlib.Path, typer.Option(help="The PNG file.")] = pathlib.Path("samples.png"),
):
    """Draws samples of a trained model as one PNG.

    Examples:

    keras-gans sample wgan_gp_mnist -n 64 --out grid.png

    keras-gans sample runs/demo -n 64 --seed 0
    """
    from keras_gans import images, presets
    from keras_gans.callbacks.sample_grid import draw

    conditions = {"labels": parse_labels(labels, n)} if labels else {}
    images.save_png(out, draw(presets.load_model(source).sample(n, seed=seed, **conditions)))
    typer.echo(f"{n} samples: {out}")


def parse_labels(text, n):
    """`n` labels of "7" or "0,1,2"."""
    try:
        given = [int(label) for label in text.split(",")]
    except ValueError:
        raise ValueError(f"Expected numbers with commas, received: labels={text!r}") from None
    return [given[index % len(given)] for index in range(n)]
