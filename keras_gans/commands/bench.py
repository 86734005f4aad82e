"""`keras-gans bench ...`"""

import enum
import json
import pathlib
from typing import Annotated

import typer

from keras_gans.commands import bench_modes

app = typer.Typer(
    help="Benchmarks: every figure is measured on this machine, interleaved in one run.", no_args_is_help=True
)
bench_modes.add_to(app)


class Part(enum.StrEnum):
    """Of `keras-gans bench speed`."""

    contestants = enum.auto()
    small = enum.auto()
    slopes = enum.auto()


@app.command("speed")
def speed(
    blocks: Annotated[int, typer.Option(help="Turns of each contestant.", min=1)] = 7,
    steps: Annotated[int, typer.Option(help="Train steps in a turn.", min=1)] = 4,
    parts: Annotated[
        list[Part] | None,
        typer.Option("--part", help="Only this: several times for several. By default contestants and small."),
    ] = None,
    out: Annotated[pathlib.Path | None, typer.Option("--json", help="Write the figures here too.")] = None,
):
    """Our train step beside a plain loop, keras.io's style and PyTorch; small networks; slopes of the cost."""
    from keras_gans.benchmarks import speed as benchmark

    chosen = [part.value for part in parts or (Part.contestants, Part.small)]
    report = benchmark.run(blocks=blocks, steps=steps, parts=chosen)
    typer.echo(benchmark.table(report))
    if out is not None:
        out.write_text(json.dumps(report, indent=2) + "\n")


@app.command("metrics")
def metrics(
    rows: Annotated[int, typer.Option(help="Features of each side.", min=2)] = 10_000,
    width: Annotated[int, typer.Option(help="Dimensions of the features.", min=1)] = 2048,
    rounds: Annotated[int, typer.Option(help="Turns of each contestant.", min=1)] = 3,
    streamed: Annotated[
        int, typer.Option(help="Features whose statistics are streamed for the memory.", min=1)
    ] = 50_000,
    out: Annotated[pathlib.Path | None, typer.Option("--json", help="Write the figures here too.")] = None,
):
    """FID from features beside TF-GAN's and SciPy's sqrtm, and the memory of streaming statistics."""
    from keras_gans.benchmarks import metrics as benchmark

    report = benchmark.run(rows=rows, width=width, rounds=rounds, streamed=streamed)
    typer.echo(benchmark.table(report))
    if out is not None:
        out.write_text(json.dumps(report, indent=2) + "\n")


@app.command("data")
def data(
    rounds: Annotated[int, typer.Option(help="Interleaved blocks of each side.", min=1)] = 5,
    batches: Annotated[int, typer.Option(help="Batches in a block of the pipeline.", min=1)] = 100,
    steps: Annotated[int, typer.Option(help="Train steps in a block.", min=1)] = 4,
    dataset: Annotated[str, typer.Option("--data", help="The small images, 28x28.", metavar="NAME|FOLDER")] = "mnist",
    out: Annotated[pathlib.Path | None, typer.Option("--json", help="Write the figures here too.")] = None,
):
    """The input pipeline alone beside training from it: which one waits for the other."""
    from keras_gans.benchmarks import pipeline as benchmark

    report = benchmark.run(rounds=rounds, batches=batches, steps=steps, chosen=benchmark.pairs(dataset))
    typer.echo(benchmark.table(report))
    if out is not None:
        out.write_text(json.dumps(report, indent=2) + "\n")
