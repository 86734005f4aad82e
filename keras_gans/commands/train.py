"""`keras-gans train`"""

import importlib.util
import json
import pathlib
from typing import Annotated

import typer


def train(
    context: typer.Context,
    preset: Annotated[
        str | None,
        typer.Option(help="Train a preset again, from its recipe; only --seed may differ.", metavar="NAME|FOLDER"),
    ] = None,
    game: Annotated[str, typer.Option(help="What is trained: see `keras-gans list`.")] = "ns_gan",
    network: Annotated[str, typer.Option(help="The generator and the discriminator: see `keras-gans list`.")] = "dcgan",
    data: Annotated[
        str, typer.Option(help="A data set's name, a folder of images or an .npz file.", metavar="NAME|FOLDER|FILE")
    ] = "digits",
    epochs: Annotated[int, typer.Option(help="Passes over the data.")] = 20,
    batch_size: Annotated[int, typer.Option(help="Images for one update of one player.")] = 64,
    seed: Annotated[int, typer.Option(help="Of weights, order of the data and latents.")] = 0,
    precision: Annotated[str, typer.Option(help="float32, bfloat16 or float16.")] = "float32",
    out: Annotated[
        pathlib.Path | None, typer.Option(help="Folder of the run; by default runs/GAME-NETWORK-DATA.")
    ] = None,
    settings: Annotated[
        list[str] | None,
        typer.Option(
            "--set", metavar="SECTION.KEY=VALUE", help="Any other choice, e.g. compile.discriminator_steps=5."
        ),
    ] = None,
    trick: Annotated[
        list[str] | None,
        typer.Option(
            help='E.g. "replay" or "instance_noise\\[stddev=0.2]"; several times for several. '
            "Short for --set compile.tricks=..."
        ),
    ] = None,
    plugin: Annotated[
        list[pathlib.Path] | None, typer.Option(help="A Python file that registers your own classes.")
    ] = None,
    strategy: Annotated[
        str, typer.Option(help="Devices: auto, none, mirrored, mirrored:N, multi_worker or tpu.")
    ] = "none",
    checkpoint_seconds: Annotated[float, typer.Option(help="Time between two checkpoints.")] = 60.0,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print the resolved configuration and stop.")] = False,
):
    """Trains a GAN; the same command again goes on where it stopped, or with more --epochs, further than that.

    The folder OUT gets the model, checkpoints, a grid of samples for every epoch, curves and TensorBoard logs.

    Examples:

    keras-gans train --game wgan_gp --network dcgan --data mnist --epochs 20 --out runs/digits

    keras-gans train --preset wgan_gp_mnist --seed 1
    """
    from keras_gans import configuration, distribution, runs
    from keras_gans.presets import from_run

    for path in plugin or ():
        _load_plugin(path)
    if preset is None:
        settings = [*_tricks(trick or ()), *(settings or ())]
        resolved = configuration.resolve(game, network, data, epochs, seed, precision, batch_size, settings)
    else:
        given = {name for name in context.params if context.get_parameter_source(name).name == "COMMANDLINE"}
        _refuse_choices(given & _CHOICES)
        resolved = from_run.configuration_of(preset, seed if "seed" in given else None)
    if dry_run:
        typer.echo(resolved.to_json(), nl=False)
        return
    out = out or pathlib.Path("runs", _default_name(resolved, preset))
    devices = None if strategy == "none" else distribution.strategy(strategy)
    runs.train(resolved, out, checkpoint_seconds=checkpoint_seconds, strategy=devices)
    typer.echo(f"Trained. Samples: {out / 'samples.png'}  curves: {out / 'curves.png'}  model: {out / runs.MODEL}")


_CHOICES = {"game", "network", "data", "epochs", "batch_size", "precision", "settings", "trick"}


def _refuse_choices(given):
    if given:
        options = ", ".join(f"--{name.replace('_', '-')}" for name in sorted(given)).replace("--settings", "--set")
        raise ValueError(f"Expected no other choices beside --preset, received: {options}")


def _tricks(texts):
    """The setting that stands for tricks, as a list of none or one."""
    import keras

    from keras_gans import spelling

    configs = [keras.saving.serialize_keras_object(spelling.read(text, "trick")) for text in texts]
    return [f"compile.tricks={json.dumps(configs)}"] if configs else []


def _default_name(configuration, preset):
    if preset is not None:
        return f"{pathlib.Path(preset).name}-seed-{configuration.seed}"
    return f"{configuration.game}-{configuration.network}-{pathlib.Path(configuration.dataset).stem}"


def _load_plugin(path):
    if not path.is_file():
        raise FileNotFoundError(f"Expected a Python file, received: --plugin {path}")
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
