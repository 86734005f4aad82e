"""`keras-gans list`"""

import inspect
from typing import Annotated

import rich
import typer
from rich.table import Table


def list_registered(
    presets: Annotated[bool, typer.Option("--presets", help="List the trained games of the zoo instead.")] = False,
):
    """Lists what can be named: objectives, penalties, constraints, networks, games, latents and data sets."""
    from keras_gans import data, registry
    from keras_gans.presets import zoo_table

    if presets:
        rich.print(_table("preset", zoo_table.lines()))
        return
    for noun in registry.nouns():
        rows = {name: summary(registry.lookup(noun, name)) for name in registry.names(noun)}
        rich.print(_table(noun, rows))
    rich.print(_table("data set", data.names()))


def summary(cls):
    """First line of a class's docstring."""
    return (inspect.getdoc(cls) or "").partition("\n")[0]


def _table(title, rows):
    table = Table(title=title, title_justify="left", title_style="bold", box=None, show_header=False, pad_edge=False)
    table.add_column(style="cyan", no_wrap=True, min_width=24)
    table.add_column()
    for name, line in dict(rows).items():
        table.add_row(name, line)
    return table
