"""The command `keras-gans`."""

import os
import sys

# Before TensorFlow is loaded: its start-up notes hide the one sentence that a user should read.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import typer

from keras_gans.commands import bench, demo, list_registered, sample, train

app = typer.Typer(
    name="keras-gans",
    help="Train, sample, evaluate, export and serve generative adversarial networks with Keras 3.",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
)
app.command("demo")(demo.demo)
app.command("list")(list_registered.list_registered)
app.command("train")(train.train)
app.command("sample")(sample.sample)
app.add_typer(bench.app, name="bench")


def main():
    """Runs a command; what users can mend themselves ends in one sentence instead of a traceback."""
    try:
        app()
    except (ArithmeticError, OSError, TypeError, ValueError) as error:
        if os.environ.get("KERAS_GANS_TRACEBACK"):
            raise
        typer.secho(f"Error: {error}", fg="red", err=True)
        sys.exit(2)
