"""`keras-gans sample`"""

import pathlib
from typing import Annotated

import typer


def sample(
    run: Annotated[pathlib.Path, typer.Argument(help="Folder of a run.")],
    n: Annotated[int, typer.Option("-n", help="Number of images.", min=1)] = 64,
    seed: Annotated[int, typer.Option(help="Seed of the first image; the next ones count up.", min=0)] = 0,
    out: Annotated[pathlib.Path, typer.Option(help="The PNG file.")] = pathlib.Path("samples.png"),
):
    """Draws samples of a trained model as one PNG.

    Example: keras-gans sample runs/demo -n 64 --seed 0 --out grid.png
    """
    from keras_gans import images, runs
    from keras_gans.callbacks.sample_grid import draw

    images.save_png(out, draw(runs.load_run(run).sample(n, seed=seed)))
    typer.echo(f"{n} samples: {out}")
