"""`keras-gans bench ring|grid|swiss-roll|stacked-mnist|triangles|table`"""

import pathlib
from typing import Annotated

import typer

_HELP = {
    "ring": "Eight Gaussians on a circle: which of them does a game find, and how evenly?",
    "grid": "Twenty-five Gaussians on a grid: which of them does a game find, and how evenly?",
    "swiss-roll": "A spiral in the plane: how much of it does a game cover?",
    "stacked-mnist": "Three digits in three colours, 1000 modes: how many does a game find?",
    "triangles": "Images whose manifold is known: precision, recall and F1.",
}


def add_to(app):
    """Adds one command for each benchmark, and one for their tables."""
    for name, summary in _HELP.items():
        app.command(name, help=f"{summary}\n\n{_run.__doc__}")(_command(name))
    app.command("table")(table)


def table(
    files: Annotated[list[pathlib.Path], typer.Argument(help="JSON files of benchmarks, or pages with their tables.")],
):
    """Prints the table of each JSON file; makes the tables in each Markdown page anew."""
    from keras_gans.benchmarks import tables

    for path in files:
        if path.suffix == ".md":
            tables.refresh(path)
        else:
            typer.echo(tables.table(path))


def _command(name):
    def command(
        game: Annotated[
            list[str] | None,
            typer.Option(help='E.g. "ns_gan" or "pac_gan\\[packing=4]"; several times for several. By default all.'),
        ] = None,
        trick: Annotated[
            list[str] | None,
            typer.Option(
                help='Train every game with it, e.g. "instance_noise\\[stddev=0.2]"; several times for several.'
            ),
        ] = None,
        runs: Annotated[int, typer.Option(help="Seeds for each game.", min=1)] = 10,
        seed: Annotated[int, typer.Option(help="The first seed.", min=0)] = 0,
        protocol: Annotated[
            str | None,
            typer.Option(help="Where there are several: stacked-mnist has unrolled, unrolled-dcgan and veegan."),
        ] = None,
        settings: Annotated[
            list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help="Of the protocol, e.g. steps=20000.")
        ] = None,
        jobs: Annotated[int, typer.Option(help="Runs at once, each with its share of the cores.", min=1)] = 1,
        vectorize: Annotated[
            bool, typer.Option("--vectorize", help="All seeds of a game as one program; JAX alone.")
        ] = False,
        out: Annotated[
            pathlib.Path | None, typer.Option("--json", help="Keep every finished run here, and strips beside it.")
        ] = None,
    ):
        _run(name, game, trick or (), runs, seed, protocol, settings, jobs, vectorize, out)

    return command


def _run(name, games, tricks, runs, seed, protocol, settings, jobs, vectorize, out):
    """Prints a table with the published rows; the same command again, with --json, goes on where it stopped."""
    from keras_gans.benchmarks import contestant, mode_coverage, protocols

    chosen = protocols.get(name, protocol, settings or ())
    contestants = [contestant.parse(text, tricks) for text in games or chosen.contestants]
    record = mode_coverage.run(
        chosen, contestants, runs=runs, out=out, first_seed=seed, say=typer.echo, jobs=jobs, vectorize=vectorize
    )
    typer.echo(record.table())
