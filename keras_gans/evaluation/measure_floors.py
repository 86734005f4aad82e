"""Measures what real images score: `python -m keras_gans.evaluation.measure_floors mnist`; see `floors`."""

import os
from typing import Annotated

import typer

from keras_gans.evaluation import floors
from keras_gans.evaluation.evaluator import Evaluator
from keras_gans.evaluation.image_sets import StoredImages
from keras_gans.evaluation.result import to_json

_TRAIN = ("fid", "kid", "is", "prd", "pr", "dc", "swd", "classes")
_TEST = ("labels",)


def measure(data, extractor, most=10_000, **options):
    """`Result`s of real images.

    Args:
        data: name of a labelled data set with the splits train and test.
        extractor: an `Extractor` or the name of one.
        most: images of each side, if the test split has so many.
        **options: `batch_size`, `cache` of `Evaluator`.
    """
    splits = {split: StoredImages(data, split) for split in ("train", "test")}
    count = min(most, splits["test"].total)
    return [
        result
        for split, metrics in (("train", _TRAIN), ("test", _TEST))
        for result in Evaluator(
            [f"{metric}_{count}_test" for metric in metrics], splits["test"], extractor, **options
        ).evaluate(splits[split])
    ]


def main(data: Annotated[list[str], typer.Argument(help="Data sets that the zoo has classifiers of.")]):
    """Writes zoo/floors/DATA.json."""
    floors.folder().mkdir(exist_ok=True)
    for name in data:
        path = floors.folder() / f"{name}.json"
        aside = path.with_name(f"{path.name}.part")
        aside.write_text(to_json(measure(name, f"{name}_classifier")), encoding="utf-8")
        os.replace(aside, path)
        typer.echo(path)


if __name__ == "__main__":
    typer.run(main)
