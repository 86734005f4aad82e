"""`keras-gans evaluate`"""

import os
import pathlib
from typing import Annotated

import rich
import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table


def evaluate(
    run: Annotated[str | None, typer.Argument(metavar="RUN_OR_PRESET", help="What to score; or give --images.")] = None,
    metrics: Annotated[
        str, typer.Option(help="Comma-separated: fid, kid, is, prd, pr, dc, swd; or full names such as fid_10k_test.")
    ] = "fid,kid,is,prd,pr",
    samples: Annotated[int, typer.Option(help="Images of each side.", min=2)] = 10_000,
    images: Annotated[
        str | None, typer.Option(help="Folder of images (or data set) to score instead of a model.")
    ] = None,
    against: Annotated[
        str | None, typer.Option(help="Folder or data set of real images; by default what the run was trained on.")
    ] = None,
    split: Annotated[str | None, typer.Option(help="Split of the real images: test, or train for a folder.")] = None,
    extractor: Annotated[
        str | None, typer.Option(help="Network whose features are read: <data>_classifier, inception, or a folder.")
    ] = None,
    image_size: Annotated[int | None, typer.Option(help="Resize stored images to this many pixels a side.")] = None,
    seed: Annotated[int, typer.Option(help="Seed of the first sample; the next ones count up.", min=0)] = 0,
    runs: Annotated[int, typer.Option(help="Sets of samples to score; more than one gives a spread.", min=1)] = 1,
    out: Annotated[pathlib.Path | None, typer.Option("--json", help="Write the results, as records, here.")] = None,
):
    """Scores a trained model, a preset or any folder of images against real ones.

    Examples:

    keras-gans evaluate runs/demo --samples 297

    keras-gans evaluate --images my/images --against mnist --extractor mnist_classifier --samples 5000
    """
    from keras_gans import evaluation

    if (run is None) == (images is None):
        raise ValueError(f"Expected either a run (or preset) or --images FOLDER, received: {run!r} and {images!r}")
    scored, size, trained_on = (images, image_size, None) if run is None else load(run)
    against = against or trained_on
    if against is None:
        raise ValueError("Expected --against with a folder or a data set of real images, received: none")
    split = split or ("train" if os.path.isdir(against) else "test")
    protocols = [evaluation.Protocol.parse(name.strip(), samples, split) for name in metrics.split(",")]
    extractor = extractor or default_extractor(against)
    with _progress() as progress:
        evaluator = evaluation.Evaluator(protocols, against, extractor, image_size=size, progress=progress)
        results = evaluator.evaluate(scored, seed=seed, runs=runs)
    rich.print(table(results))
    if out is not None:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(evaluation.to_json(results), encoding="utf-8")


def load(run):
    """`(model, image size, data set that it was trained on)` of a run's folder."""
    from keras_gans import runs

    model = runs.load_run(run)
    return model, model.image_shape[:2], runs.read_configuration(run).dataset


def default_extractor(data):
    """The classifier of the zoo that was trained on a data set."""
    from keras_gans.metrics import extractors

    name = f"{data}_classifier"
    if name not in extractors.names():
        raise ValueError(
            f"Expected --extractor, since the zoo has no {name}, received: none (there are: "
            f"{', '.join(extractors.names())})"
        )
    return name


def table(results):
    """Results as a table for the terminal."""
    first = results[0]
    reference = first.reference or {}
    title = f"{first.generated.get('source') or first.generated.get('data')} against {reference.get('data', 'nothing')}"
    drawn = Table(title=title, title_justify="left", box=None, pad_edge=False)
    for column in ("metric", "value", "+-", "better", "extractor"):
        drawn.add_column(column, no_wrap=True)
    for result in results:
        plus_minus = "" if result.plus_minus is None else f"{result.plus_minus:.3g}"
        drawn.add_row(result.metric, f"{result.value:.5g}", plus_minus, result.direction, result.extractor or "none")
    return drawn


class _progress:
    """A bar on the terminal for each pass over images; called with `(what, done, total)`."""

    def __enter__(self):
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        self._bars = Progress(*columns, transient=True)
        self._bars.__enter__()
        self._task, self._last = None, None
        return self

    def __exit__(self, *error):
        return self._bars.__exit__(*error)

    def __call__(self, what, done, total):
        if (what, total) != self._last or self._bars.tasks[-1].finished:
            self._task, self._last = self._bars.add_task(f"{what} images", total=total), (what, total)
        self._bars.update(self._task, completed=done)
