"""`keras-gans demo`"""

import pathlib
from typing import Annotated

import typer


def demo(
    out: Annotated[pathlib.Path, typer.Option(help="Folder of the run.")] = pathlib.Path("runs/demo"),
    epochs: Annotated[int, typer.Option(help="Passes over the 1,500 images.", min=1)] = 60,
):
    """Trains a DCGAN on the embedded handwritten digits, in a few minutes on two cores, then exports and serves it.

    The training is: keras-gans train --game ns_gan --network dcgan_lecture --data digits --epochs 60 --batch-size 32
    --precision bfloat16 --set compile.ema_momentum=0.99 --set compile.generator_optimizer.learning_rate=5e-4
    --set compile.discriminator_optimizer.learning_rate=5e-4
    """
    from keras_gans import runs
    from keras_gans.commands.demo_serving import serve_and_ask

    runs.train(configuration(epochs), out)
    for name in ("samples.png", "curves.png", runs.MODEL):
        typer.echo(f"{out / name}")
    serve_and_ask(out)


def configuration(epochs=60):
    """The demo's configuration."""
    from keras_gans.configuration import resolve

    return resolve(
        "ns_gan",
        "dcgan_lecture",
        "digits",
        epochs=epochs,
        precision="bfloat16",
        batch_size=32,
        settings=[
            "compile.ema_momentum=0.99",
            "compile.generator_optimizer.learning_rate=5e-4",
            "compile.discriminator_optimizer.learning_rate=5e-4",
        ],
    )
