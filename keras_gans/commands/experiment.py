"""`keras-gans experiment ...`"""

import pathlib
from typing import Annotated

import typer

app = typer.Typer(help="Experiments of papers, run again.", no_args_is_help=True)


@app.callback()
def experiments():
    """Experiments of papers, run again."""


@app.command("vanishing-gradient")
def vanishing_gradient(
    data: Annotated[str, typer.Option(help="A data set of images.", metavar="NAME|FOLDER|FILE")] = "digits",
    network: Annotated[str, typer.Option(help="The generator and the discriminator: see `keras-gans list`.")] = "dcgan",
    epochs: Annotated[str, typer.Option(help="After how many epochs G is frozen, ascending.")] = "1,10,25",
    steps: Annotated[int, typer.Option(help="Of D, from scratch, against each frozen G.", min=1)] = 500,
    batch_size: Annotated[int, typer.Option(help="Images for one update.", min=1)] = 64,
    seed: Annotated[int, typer.Option(help="Of weights, order of the data and latents.", min=0)] = 0,
    settings: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="SECTION.KEY=VALUE", help="As of `keras-gans train`, e.g. generator.width=0.5."),
    ] = None,
    out: Annotated[pathlib.Path | None, typer.Option(help="Folder; by default runs/vanishing-gradient-DATA.")] = None,
):
    """What a generator learns from a discriminator that is too good (Arjovsky and Bottou, 2017, figures 1 to 3).

    A game is trained for 1, 10 and 25 epochs. Each G is frozen, and a new D trained against it: the gradient that
    log(1 - D) gives G vanishes, that of -log D grows. The same command again goes on where it stopped.

    Example: keras-gans experiment vanishing-gradient --data cifar10 --set generator.width=0.25
    --set discriminator.width=0.25
    """
    from keras_gans import configuration
    from keras_gans.diagnostics import vanishing_gradient as experiment

    out = out or pathlib.Path("runs", f"vanishing-gradient-{pathlib.Path(data).stem}")
    resolved = configuration.resolve("ns_gan", network, data, 1, seed, "float32", batch_size, settings or ())
    experiment.run(resolved, out, epochs=_numbers(epochs), steps=steps, say=typer.echo)
    typer.echo(f"{out / 'vanishing_gradient.png'}")


def _numbers(text):
    try:
        return tuple(int(part) for part in text.split(","))
    except ValueError:
        raise ValueError(f"Expected numbers of epochs such as 1,10,25, received: --epochs {text}") from None
