"""What scores see: they should get worse, step by step, as images are spoiled or classes go missing.

    python -m keras_gans.evaluation.sensitivity corruptions mnist --plot ladder.png
    python -m keras_gans.evaluation.sensitivity classes mnist

Generated images are played by real ones of the training split, the reference is the test split, so that the first row
is the floor: what a perfect generator would score.
"""

import pathlib
from typing import Annotated

import numpy as np
import typer

from keras_gans.data import arrays
from keras_gans.evaluation.corruptions import CORRUPTIONS
from keras_gans.evaluation.evaluator import Evaluator
from keras_gans.evaluation.image_sets import StoredImages

app = typer.Typer(help="What scores see of spoiled images and of missing classes.", no_args_is_help=True)


def corruption_ladder(data, extractor, count=10_000, metric="fid", seed=0, **options):
    """Scores of real images as they are, and spoiled in five ways at four strengths.

    Args:
        data: name of a data set with the splits train and test.
        extractor: an `Extractor` or the name of one.
        count: images of each side.
        metric: registered name of a metric with one value.
        seed: of the noise and of the places.
        **options: `batch_size`, `cache` of `Evaluator`.

    Returns:
        dict from the corruption to a list of `(strength, Result)`; the first has strength 0, the images as they are.
    """
    evaluator = Evaluator([f"{metric}_{count}_test"], data, extractor, **options)
    images = StoredImages(data, "train").pick(count)
    (floor,) = evaluator.evaluate(images)
    ladder = {name: [(0.0, floor)] for name in CORRUPTIONS}
    for name, (corrupt, strengths) in CORRUPTIONS.items():
        for strength in strengths:
            ladder[name] += [(strength, *evaluator.evaluate(corrupt(images, strength, seed)))]
    return ladder


def class_dropping(data, extractor, kept=(10, 8, 5, 2), count=10_000, metrics=("fid", "is", "prd", "pr"), **options):
    """Scores of real images of the first classes only: fidelity is perfect, the variety is not.

    Args:
        data: name of a labelled data set with the splits train and test.
        extractor: an `Extractor` or the name of one.
        kept: numbers of classes that are left.
        count: images of each side.
        metrics: registered names of metrics.
        **options: `batch_size`, `cache` of `Evaluator`.

    Returns:
        dict from the number of classes to a list of `Result`s.
    """
    evaluator = Evaluator([f"{metric}_{count}_test" for metric in metrics], data, extractor, **options)
    images, labels = arrays(data, "train")
    return {number: evaluator.evaluate(StoredImages(images[labels < number]).pick(count)) for number in kept}


@app.command("corruptions")
def corruptions(
    data: Annotated[str, typer.Argument(help="Data set that the zoo has a classifier of.")] = "mnist",
    count: Annotated[int, typer.Option(help="Images of each side.", min=2)] = 10_000,
    plot: Annotated[pathlib.Path | None, typer.Option(help="Draw the ladder into this PNG.")] = None,
):
    """FID of real images that are blurred, noisy, covered, swirled, or sprinkled with salt and pepper."""
    ladder = corruption_ladder(data, f"{data}_classifier", count)
    for name, steps in ladder.items():
        scores = [result.value for _, result in steps]
        rising = "rises" if all(np.diff(scores) > 0) else "DOES NOT RISE"
        typer.echo(f"{name:18s}" + "".join(f"{score:10.2f}" for score in scores) + f"   {rising}")
    if plot is not None:
        from keras_gans.evaluation.ladder_plot import draw

        draw(ladder, arrays(data, "test")[0][0], plot)


@app.command("classes")
def classes(
    data: Annotated[str, typer.Argument(help="Data set that the zoo has a classifier of.")] = "mnist",
    count: Annotated[int, typer.Option(help="Images of each side.", min=2)] = 10_000,
):
    """Scores of real images of 10, 8, 5 and 2 classes."""
    for number, results in class_dropping(data, f"{data}_classifier", count=count).items():
        typer.echo(f"{number:2d} classes  " + "  ".join(f"{result.metric}={result.value:.4g}" for result in results))


if __name__ == "__main__":
    app()
