"""`keras-gans preset`"""

import json
import pathlib
from typing import Annotated

import typer


def preset(
    source: Annotated[
        pathlib.Path | None,
        typer.Argument(metavar="RUN", help="A finished run, or with --results or --seeds a preset's folder."),
    ] = None,
    folder: Annotated[pathlib.Path | None, typer.Argument(help="The preset's folder, e.g. zoo/wgan_gp_mnist.")] = None,
    title: Annotated[str | None, typer.Option(help="One line; by default the game and its data.")] = None,
    results: Annotated[
        pathlib.Path | None, typer.Option(help="Scores, as `keras-gans evaluate --json` writes them.")
    ] = None,
    seeds: Annotated[
        list[pathlib.Path] | None,
        typer.Option(help="Scores of the same recipe trained from another seed; once for each seed."),
    ] = None,
    license: Annotated[str, typer.Option(help="Of the weights.")] = "Apache-2.0",
    data_license: Annotated[str | None, typer.Option(help="Of the training data, where it is not known.")] = None,
    device: Annotated[str | None, typer.Option(help="What it was trained on; by default what the run says.")] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace a preset that is there.")] = False,
    refresh: Annotated[
        bool, typer.Option("--refresh", help="Write the zoo's cards and the README's table again.")
    ] = False,
    readme: Annotated[pathlib.Path, typer.Option(help="The README with the zoo's table.")] = pathlib.Path("README.md"),
):
    """Makes a preset from a run, gives one its scores, or writes what is generated of all.

    Examples:

    keras-gans preset runs/wgan_gp zoo/wgan_gp_mnist --results results.json

    keras-gans preset zoo/wgan_gp_mnist --results results.json

    keras-gans preset zoo/wgan_gp_mnist --seeds seed-1.json --seeds seed-2.json

    keras-gans preset --refresh
    """
    from keras_gans.presets import from_run, saving, zoo_table

    scores = None if results is None else read_results(results)
    others = [read_results(path) for path in seeds or ()]
    if folder is not None:
        made = from_run.preset_from_run(
            source,
            folder,
            device=device,
            data_license=data_license,
            title=title,
            license=license,
            results=scores or (),
            overwrite=overwrite,
        )
        size = sum(file["bytes"] for file in made.files.values()) / 1e6
        typer.echo(f"{made.title}: {folder} ({size:.1f} MB)")
        if others:
            saving.set_results(folder, others=others)
    elif source is not None and (scores or others):
        found = saving.set_results(source, scores, others)
        typer.echo(f"{len(found.results)} scores: {source}")
    elif not refresh:
        raise ValueError(
            "Expected RUN and FOLDER, a preset's folder with --results or --seeds, or --refresh, received: none"
        )
    if refresh:
        for path in zoo_table.refresh(readme):
            typer.echo(path)


def read_results(path):
    """The scores of a file that `keras-gans evaluate --json` wrote."""
    try:
        scores = json.loads(path.read_text(encoding="utf-8"))
        valid = isinstance(scores, list) and len(scores) > 0
        valid = valid and all(score["metric"] and score["value"] is not None for score in scores)
    except (KeyError, TypeError, ValueError):
        valid = False
    if not valid:
        raise ValueError(f"Expected scores as `keras-gans evaluate --json` writes them, received: {path}")
    return scores
