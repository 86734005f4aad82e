"""`keras-gans latent ...`"""

import pathlib
from typing import Annotated

import typer

from keras_gans.commands.request import parse_seeds
from keras_gans.commands.sample import parse_labels

app = typer.Typer(
    help="Looks around in the latent space of a trained model; every command writes a PNG.", no_args_is_help=True
)

Source = Annotated[
    str, typer.Argument(metavar="PRESET_OR_RUN", help="A preset's name or folder, hf://..., or a run's folder.")
]
Seeds = Annotated[str, typer.Option(help="FIRST:LAST (exclusive), or numbers with commas.")]
Labels = Annotated[
    str, typer.Option(help="Classes of the rows, for a game that has them: numbers with commas, repeated as needed.")
]
Extractor = Annotated[
    str | None, typer.Option(metavar="NAME|FOLDER", help="A classifier; by default the zoo's for the training data.")
]


@app.command("interpolate")
def interpolate(
    source: Source,
    seeds: Seeds = "0:6",
    steps: Annotated[int, typer.Option(help="Images in a row, its two samples among them.", min=2)] = 9,
    path: Annotated[str, typer.Option(help="spherical or linear.")] = "spherical",
    labels: Labels = "",
    out: Annotated[pathlib.Path, typer.Option(help="The PNG file; a GIF is written beside it.")] = pathlib.Path(
        "interpolation.png"
    ),
):
    """Goes from seed to seed, a row for each way; a film of it is in the GIF.

    Example: keras-gans latent interpolate wgan_gp_mnist --seeds 3,5,8 --out walk.png
    """
    seeds = parse_seeds(seeds)
    classes = classes_of(labels, len(seeds) - 1)
    sheet = tools().interpolate(load(source), seeds, steps=steps, path=path, labels=classes)
    write(sheet, out)
    typer.echo(sheet.save_gif(out.with_suffix(".gif")))


@app.command("arithmetic")
def arithmetic(
    source: Source,
    first: Annotated[str, typer.Option(help="Seeds of the exemplars to start from, best three.")],
    minus: Annotated[str, typer.Option(help="Seeds of the exemplars to take away.")],
    plus: Annotated[str, typer.Option(help="Seeds of the exemplars to add.")],
    label: Annotated[int | None, typer.Option(help="Class of all images, for a game that has them.", min=0)] = None,
    out: Annotated[pathlib.Path, typer.Option(help="The PNG file.")] = pathlib.Path("arithmetic.png"),
):
    """Adds and subtracts: a row for each exemplar, and below the averages with the result at their end.

    Example: keras-gans latent arithmetic wgan_gp_mnist --first 1,2,3 --minus 4,5,6 --plus 7,8,9
    """
    write(tools().arithmetic(load(source), *map(parse_seeds, (first, minus, plus)), label=label), out)


@app.command("direction")
def direction(
    source: Source,
    toward: Annotated[int, typer.Option(help="The class to go to, as the extractor sees it.", min=0)],
    away_from: Annotated[int | None, typer.Option(help="The class to leave; by default all others.", min=0)] = None,
    seeds: Seeds = "0:6",
    samples: Annotated[int, typer.Option(help="Samples that the direction is found with.", min=2)] = 2000,
    strengths: Annotated[str, typer.Option(help="Standard deviations, with commas.")] = "-4,-3,-2,-1,0,1,2,3,4",
    extractor: Extractor = None,
    labels: Labels = "",
    out: Annotated[pathlib.Path, typer.Option(help="The PNG file.")] = pathlib.Path("direction.png"),
):
    """Moves samples along the direction that leads to a class.

    Example: keras-gans latent direction ns_gan_mnist --toward 7 --away-from 1
    """
    model, seeds, drawn = load(source), parse_seeds(seeds), range(samples)
    found = tools().predicted_classes(model.sample(seeds=drawn), extractor or classifier_of(source))
    lacking = None if away_from is None else found == away_from
    way = tools().attribute_direction(tools().latents_of(model, drawn), found == toward, lacking)
    classes = classes_of(labels, len(seeds))
    write(tools().move_along(model, way, seeds, parse_numbers("strengths", strengths), labels=classes), out)


@app.command("truncation")
def truncation(
    source: Source,
    seeds: Seeds = "0:6",
    thresholds: Annotated[str, typer.Option(help="Standard deviations, with commas.")] = "0.05,0.25,0.5,1,1.5,2",
    labels: Labels = "",
    out: Annotated[pathlib.Path, typer.Option(help="The PNG file.")] = pathlib.Path("truncation.png"),
):
    """Draws the same seeds from narrower and wider latents: fidelity against variety."""
    seeds = parse_seeds(seeds)
    limits = parse_numbers("thresholds", thresholds)
    write(tools().truncation_sweep(load(source), seeds, limits, labels=classes_of(labels, len(seeds))), out)


@app.command("neighbours")
def neighbours(
    source: Source,
    seeds: Seeds = "0:48",
    columns: Annotated[int, typer.Option(help="Samples in a row.", min=1)] = 8,
    against: Annotated[
        str | None, typer.Option(help="Folder or data set of real images; by default what it was trained on.")
    ] = None,
    split: Annotated[str, typer.Option(help="Split of the real images.")] = "train",
    extractor: Annotated[
        str | None, typer.Option(metavar="NAME|FOLDER", help="Compare its features; by default pixels.")
    ] = None,
    labels: Labels = "",
    out: Annotated[pathlib.Path, typer.Option(help="The PNG file.")] = pathlib.Path("neighbours.png"),
):
    """Puts the nearest real image beside the last sample of each row, in a yellow frame."""
    model, seeds = load(source), parse_seeds(seeds)
    classes = classes_of(labels, len(seeds))
    real = real_images(source, model, against, split)
    write(tools().beside_neighbours(model, real, seeds, columns, classes, features_of(extractor)), out)


@app.command("invert")
def invert(
    source: Source,
    images: Annotated[
        str | None, typer.Option(help="Folder or data set of images; by default what it was trained on.")
    ] = None,
    n: Annotated[int, typer.Option("-n", help="How many of them.", min=1)] = 8,
    split: Annotated[str, typer.Option(help="Split of the images.")] = "train",
    seeds: Annotated[str, typer.Option(help="Invert the samples of these seeds instead.")] = "",
    steps: Annotated[int, typer.Option(help="Steps of gradient descent.", min=1)] = 200,
    restarts: Annotated[int, typer.Option(help="Starts for each image.", min=1)] = 4,
    labels: Labels = "",
    out: Annotated[pathlib.Path, typer.Option(help="The PNG file.")] = pathlib.Path("inversion.png"),
):
    """Finds the latents of images: above the images, below what their latents give."""
    model = load(source)
    if seeds:
        seeds = parse_seeds(seeds)
        classes = classes_of(labels, len(seeds))
        chosen = model.sample(seeds=seeds) if classes is None else model.sample(seeds=seeds, labels=classes)
    else:
        chosen = real_images(source, model, images, split)[:n]
        classes = classes_of(labels, len(chosen))
    found = tools().invert(model, chosen, classes, steps=steps, restarts=restarts)
    write(found, out)
    typer.echo(f"distances: {', '.join(f'{distance:.3g}' for distance in found.distances)}")


def tools():
    from keras_gans import latent_space

    return latent_space


def load(source):
    from keras_gans import presets

    return presets.load_model(source)


def write(sheet, out):
    sheet.save_png(out)
    rows, columns = sheet.images.shape[:2]
    typer.echo(f"{rows} rows of {columns}: {out}")


def real_images(source, model, data, split):
    """uint8 images of the model's size: of `data`, or else of what the model was trained on."""
    from keras_gans import presets
    from keras_gans.data import arrays

    return arrays(data or presets.trained_on(source), split, model.image_shape[:2])[0]


def classifier_of(source):
    """The name of the zoo's classifier for what a model was trained on."""
    from keras_gans import presets

    return f"{presets.trained_on(source)}_classifier"


def features_of(extractor):
    """The function from images to an extractor's features; None for none."""
    from keras_gans.metrics import extractors

    if extractor is None:
        return None
    network = extractors.get(extractor)
    return lambda images: network(images).features


def classes_of(text, n):
    """`n` labels of "7" or "0,1,2", or None of nothing."""
    return parse_labels(text, n) if text else None


def parse_numbers(name, text):
    """The numbers of "0.5,1,2"."""
    try:
        return [float(number) for number in text.split(",")]
    except ValueError:
        raise ValueError(f"Expected numbers with commas, received: {name}={text!r}") from None
