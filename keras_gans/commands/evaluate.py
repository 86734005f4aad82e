"""`keras-gans evaluate`"""

import dataclasses
import os
import pathlib
import shlex
import sys
from typing import Annotated

import rich
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from keras_gans.commands.check_scores import check_scores

MOST = 10_000
METRICS = "fid,kid,is,prd,pr"


def evaluate(
    context: typer.Context,
    source: Annotated[
        str | None, typer.Argument(metavar="RUN_OR_PRESET", help="The model to score; or give --images.")
    ] = None,
    metrics: Annotated[
        str | None,
        typer.Option(
            help="Comma-separated: fid, kid, is, prd, pr, dc, swd, classes, labels (of conditional models); or full "
            f"names such as fid_10k_test; by default {METRICS}, or with --check all that are published."
        ),
    ] = None,
    samples: Annotated[
        int | None, typer.Option(help=f"Images of each side; by default {MOST:,}, or all where there are fewer.", min=2)
    ] = None,
    images: Annotated[
        str | None, typer.Option(help="Folder of images (or data set) to score instead of a model.")
    ] = None,
    against: Annotated[
        str | None, typer.Option(help="Folder or data set of real images; by default what the model was trained on.")
    ] = None,
    split: Annotated[
        str | None, typer.Option(help="Split of the real images; by default test where there is one, else train.")
    ] = None,
    extractor: Annotated[
        str | None,
        typer.Option(
            metavar="NAME|FOLDER|FILE:LAYER[,LOGITS]",
            help="Network whose features are read: by default <data>_classifier of the zoo; inception; a model.keras "
            "or SavedModel of yours that takes images in [-1, 1].",
        ),
    ] = None,
    image_size: Annotated[
        int | None, typer.Option(help="Resize stored images to this many pixels a side; a model's size is known.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Seed of the first sample; the next ones count up.", min=0)] = 0,
    runs: Annotated[
        int | None,
        typer.Option(
            help="Sets of samples to score; more than one gives a spread; by default 1, or with --check all.", min=1
        ),
    ] = None,
    out: Annotated[pathlib.Path | None, typer.Option("--json", help="Write the results, as records, here.")] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Compute a preset's published scores again, and fail where one differs.")
    ] = False,
):
    """Scores a trained model, a preset or any folder of images against real ones.

    Examples:

    keras-gans evaluate runs/demo --json scores.json

    keras-gans evaluate --images my/images --against mnist --samples 5000

    keras-gans evaluate --images my/images --against their/images --extractor inception

    keras-gans evaluate wgan_gp_mnist --check --metrics fid --runs 1
    """
    from keras_gans import evaluation

    if check:
        _check(context, source, metrics, runs)
        return
    if (source is None) == (images is None):
        raise ValueError(f"Expected either a run (or preset) or --images FOLDER, received: {source!r} and {images!r}")
    if out is not None:
        out.parent.mkdir(parents=True, exist_ok=True)
    against = against or (None if source is None else presets().trained_on(source))
    if against is None:
        raise ValueError("Expected --against with a folder or a data set of real images, received: none")
    split = split or evaluation.default_split(against)
    names = _names(metrics or METRICS)
    extractor = _extractor(extractor, against, [evaluation.Protocol.parse(name, MOST, "test").metric for name in names])
    generated, size = _generated(source, images, image_size, seed)
    reference = evaluation.StoredImages(against, split, size)
    count = samples or min(MOST, reference.total, getattr(generated, "total", MOST))
    protocols = [evaluation.Protocol.parse(name, count, split) for name in names]
    with _Bars() as bars:
        evaluator = evaluation.Evaluator(protocols, reference, extractor, progress=bars)
        results = evaluator.evaluate(generated, runs=runs or 1)
    typer.echo(headline(results))
    rich.print(table(results))
    if out is not None:
        _write(out, results)


def _check(context, source, metrics, runs):
    """`--check`, whose protocols are the published ones."""
    given = {name for name in context.params if context.get_parameter_source(name).name == "COMMANDLINE"}
    others = sorted(given - {"source", "metrics", "runs", "check"})
    if source is None or others:
        received = ", ".join(f"--{name.replace('_', '-')}" for name in others) or "none"
        raise ValueError(f"Expected a preset and no other choices than --metrics and --runs, received: {received}")
    with _Bars() as bars:
        check_scores(source, None if metrics is None else _names(metrics), runs, bars)


def _names(metrics):
    return [name.strip() for name in metrics.split(",")]


def presets():
    """The room of presets, which loads runs too."""
    from keras_gans import presets

    return presets


def _generated(source, images, image_size, seed):
    """`(image set, size that stored images are resized to)`."""
    from keras_gans import evaluation

    if source is None:
        return evaluation.StoredImages(images, "train", image_size), image_size
    model = presets().load_model(source)
    trained = presets().training_seed(source)
    return evaluation.ModelSamples(model, seed, name=source, training_seed=trained), model.image_shape[:2]


def _extractor(name, against, metrics):
    """The extractor that was asked for, or else the classifier of the zoo that was trained on the data set."""
    from keras_gans import registry
    from keras_gans.metrics import extractors

    if name is not None or all(registry.lookup("metric", metric).reads == "images" for metric in metrics):
        return name
    name = f"{against}_classifier"
    if name not in extractors.names():
        raise ValueError(
            f"Expected --extractor, since the zoo has no {name}, received: none (there are: "
            f"{', '.join(extractors.names())})"
        )
    return name


def _write(path, results):
    """Writes the records, with the command that made them, aside and renamed."""
    from keras_gans import evaluation

    command = shlex.join(["keras-gans", *sys.argv[1:]])
    aside = path.with_name(f"{path.name}.part")
    aside.write_text(
        evaluation.to_json(dataclasses.replace(result, command=command) for result in results), encoding="utf-8"
    )
    os.replace(aside, path)


def headline(results):
    """What was compared with what, and through which network."""
    references = [result.reference for result in results if result.reference is not None]
    compared = f"{_named(results[0].generated)} against {_named(references[0]) if references else 'nothing'}"
    networks = dict.fromkeys(result.extractor for result in results if result.extractor is not None)
    return "; ".join([compared, *networks])


def table(results):
    """Results as a table for the terminal."""
    drawn = Table(box=None, pad_edge=False)
    for column in ("metric", "value", "+-", "better"):
        drawn.add_column(column, no_wrap=True)
    for result in results:
        plus_minus = "" if result.plus_minus is None else f"{result.plus_minus:.3g}"
        drawn.add_row(result.metric, f"{result.value:.5g}", plus_minus, result.direction)
    return drawn


def _named(images):
    return images["source"] if "source" in images else f"{images['data']} ({images['split']})"


class _Bars(Progress):
    """A bar on the terminal for each pass over images; called with `(what, done, total)`."""

    def __init__(self):
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        super().__init__(*columns, console=Console(stderr=True), transient=True)

    def __call__(self, what, done, total):
        description = f"{what} images"
        current = self.tasks[-1] if self.tasks else None
        if current is None or current.finished or current.description != description:
            self.add_task(description, total=total)
        self.update(self.task_ids[-1], completed=done)
