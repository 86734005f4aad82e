"""From a trained game to a preset's folder."""

import contextlib
import os
import pathlib
import re
import shutil

import keras

from keras_gans import images
from keras_gans._version import __version__
from keras_gans.presets import card, integrity, pictures, probe, training_seeds
from keras_gans.presets.loading import NETWORKS
from keras_gans.presets.preset import Preset, read
from keras_gans.presets.zoo import NAME, PRESET

PICTURE, CARD = "samples.png", "card.md"


def save_to_preset(
    model, folder, title=None, license="Apache-2.0", reference=None, data=None, run=None, results=(), overwrite=False
):
    """Writes a compiled game as a preset.

    The generator's weights are the averaged ones, if the game keeps them: what `sample` draws with is what is saved.

    Args:
        model: the game.
        folder: of the preset; its last part is the preset's name.
        title: one line; by default the game's name and its data set's.
        license: of the weights.
        reference: the paper; by default the one of the game's docstring.
        data, run, results: see `Preset`.
        overwrite: replace a preset that is there.

    Returns:
        The `Preset`.

    Raises:
        FileExistsError: where the folder is there, unless it holds a preset and `overwrite` is True.
        ValueError: for a name with other characters, a game that is not compiled or holds a Lambda layer.
    """
    folder = pathlib.Path(folder)
    if not NAME.fullmatch(folder.name):
        raise ValueError(f"Expected a name of small letters, digits and underscores, received: {folder.name!r}")
    if not model.compiled:
        raise ValueError("Expected a compiled game, received: one that is not: its recipe is part of the preset")
    with _new_folder(folder, overwrite) as aside:
        _save_weights(model, aside)
        preset = Preset(
            name=folder.name,
            title=title or " on ".join([type(model).__name__, *([data["name"]] if data else [])]),
            reference=reference or paper(type(model)),
            license=license,
            model=_model_config(model, folder.name),
            recipe=_recipe(model),
            data=data or {"name": None, "split": None, "image_size": list(model.image_shape[:2]), "license": None},
            run=run or {"version": __version__, "keras": keras.__version__, "backend": keras.backend.backend()},
            files={path.name: integrity.describe(path) for path in sorted(aside.glob("*.weights.h5"))},
            results=list(results),
            probe=probe.measure(model),
        )
        integrity.refuse_code([preset.model, preset.recipe])
        images.save_png(aside / PICTURE, pictures.first_samples(model))
        write(preset, aside)
    return read(folder)


def set_results(folder, results=None, others=()):
    """Gives a preset that is there its scores, and writes its card again.

    Args:
        folder: of the preset.
        results: its scores; None for those that it has.
        others: scores of the same recipe trained from other seeds, see `training_seeds`.
    """
    preset = read(folder)
    if results is not None:
        preset.results = list(results)
    if others:
        training_seeds.combine(preset, others)
    write(preset, folder)
    return preset


def write(preset, folder):
    """Writes a preset's description and its card, each aside and renamed."""
    for name, text in ((PRESET, preset.to_json()), (CARD, card.text(preset))):
        aside = pathlib.Path(folder) / f"{name}.part"
        aside.write_text(text, encoding="utf-8")
        os.replace(aside, aside.with_suffix(""))


def paper(cls):
    """The first arXiv number after "Reference:" in a class's docstring, or None."""
    found = re.search(r"Reference:.*?(arXiv:\d{4}\.\d{4,5})", cls.__doc__ or "", flags=re.DOTALL)
    return found and found[1]


def _save_weights(model, folder):
    networks = {part: getattr(model, part) for part in NETWORKS} | {"generator": model.averaged_generator()}
    for part, network in networks.items():
        network.save_weights(folder / f"{part}.weights.h5")


def _model_config(model, name):
    """The serialized game under the preset's name; how it is trained is the recipe's."""
    config = keras.saving.serialize_keras_object(model)
    config["config"]["name"] = name
    return {key: config[key] for key in ("module", "class_name", "config", "registered_name")}


def _recipe(model):
    recipe = model.get_compile_config()
    for part in NETWORKS:
        # Keras counts optimizers in their names: equal recipes would differ.
        recipe[f"{part}_optimizer"]["config"].pop("name", None)
    return recipe


@contextlib.contextmanager
def _new_folder(folder, overwrite):
    """A folder beside `folder`, which takes its place at the end and not before."""
    if folder.exists() and not (overwrite and (folder / PRESET).is_file()):
        remedy = "choose another name" if overwrite else "choose another name, or overwrite the preset"
        raise FileExistsError(f"Expected a new folder, received: {folder}, which is there: {remedy}.")
    aside, old = (folder.with_name(f".{folder.name}.{ending}") for ending in ("part", "old"))
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(parents=True)
    try:
        yield aside
        shutil.rmtree(old, ignore_errors=True)
        if folder.exists():
            folder.rename(old)
        aside.rename(folder)
        shutil.rmtree(old, ignore_errors=True)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
