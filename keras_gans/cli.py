"""The command `keras-gans`."""

import contextlib
import os
import sys
import tempfile

import typer

from keras_gans.commands import (
    bench,
    demo,
    diagnose,
    evaluate,
    experiment,
    explore,
    export,
    latent,
    list_registered,
    preset,
    request,
    sample,
    serve,
    serving_config,
    train,
    verify_export,
)


@contextlib.contextmanager
def quiet_start():
    """Holds back what libraries print to stderr while they load, unless loading fails.

    TensorFlow's start-up notes are written by C++ before any setting can silence them, and would hide the one
    sentence that a user should read.
    """
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    sys.stderr.flush()
    terminal = os.dup(2)
    with tempfile.TemporaryFile() as held:
        os.dup2(held.fileno(), 2)
        try:
            yield
        except BaseException:
            held.seek(0)
            os.write(terminal, held.read())
            raise
        finally:
            os.dup2(terminal, 2)
            os.close(terminal)


app = typer.Typer(
    name="keras-gans",
    help="Train, sample, evaluate, export and serve generative adversarial networks with Keras 3.",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
)


@app.callback()
def load():
    if "--help" not in sys.argv:
        with quiet_start():
            from keras_gans import distribution

            distribution.create_early(sys.argv)
            from keras_gans import registry

            registry.import_rooms()


app.command("demo")(demo.demo)
app.command("list")(list_registered.list_registered)
app.command("train")(train.train)
app.command("sample")(sample.sample)
app.command("preset")(preset.preset)
app.command("evaluate")(evaluate.evaluate)
app.command("diagnose")(diagnose.diagnose)
app.command("explore")(explore.explore)
app.command("export")(export.export)
app.command("verify-export")(verify_export.verify_export)
app.command("serve")(serve.serve)
app.command("request")(request.request)
app.command("serving-config")(serving_config.serving_config)
app.add_typer(latent.app, name="latent")
app.add_typer(bench.app, name="bench")
app.add_typer(experiment.app, name="experiment")


def main():
    """Runs a command; what users can mend themselves ends in one sentence instead of a traceback."""
    try:
        app()
    except (ArithmeticError, ImportError, OSError, RuntimeError, TypeError, ValueError) as error:
        if os.environ.get("KERAS_GANS_TRACEBACK"):
            raise
        typer.secho(f"Error: {error}", fg="red", err=True)
        sys.exit(2)
