"""`keras-gans bench ...`"""

import json
import pathlib
from typing import Annotated

import typer

from keras_gans.commands import bench_modes

app = typer.Typer(
    help="Benchmarks: every figure is measured on this machine, interleaved in one run.", no_args_is_help=True
)
bench_modes.add_to(app)


@app.command("speed")
def speed(
    blocks: Annotated[int, typer.Option(help="Interleaved blocks of each contestant.", min=1)] = 7,
    steps: Annotated[int, typer.Option(help="Train steps in a block.", min=1)] = 4,
    out: Annotated[pathlib.Path | None, typer.Option("--json", help="Write the figures here too.")] = None,
):
    """One training step of ours beside a plain tf.function loop of the same networks and losses."""
    from keras_gans.benchmarks import speed as benchmark

    report = benchmark.run(blocks=blocks, steps=steps)
    typer.echo(benchmark.table(report))
    if out is not None:
        out.write_text(json.dumps(report, indent=2) + "\n")
