"""From a name, a folder or an address to a game that can sample and train on."""

import contextlib
import difflib
import os
import pathlib

import keras

from keras_gans.presets import hub, integrity, preset, zoo

NETWORKS = ("generator", "discriminator")


def from_preset(name):
    """The trained game of a preset, compiled with its recipe, so that `fit` goes on.

        keras_gans.from_preset("wgan_gp_mnist").sample(16)

    Args:
        name: a name of the zoo (`keras-gans list --presets`), a preset's folder, or "hf://user/name" on the Hugging
            Face hub, with "@revision" if wanted.

    Raises:
        ValueError: for an unknown name (the nearest ones are listed), or where a file is damaged or foreign: nothing
            of it is loaded then.
        FileNotFoundError: where a file is missing.
    """
    folder = locate(name)
    return build(preset.read(folder), folder)


def load_model(name):
    """The game of a run's folder, or else of a preset as `from_preset` takes it."""
    from keras_gans import runs

    folder = locate(name)
    return runs.load_run(folder) if _holds_run(folder) else build(preset.read(folder), folder)


def trained_on(name):
    """The data set that a run or preset was trained on, as `keras_gans.data.load` takes it."""
    from keras_gans import runs

    folder = locate(name)
    return runs.read_configuration(folder).dataset if _holds_run(folder) else preset.read(folder).data["name"]


def training_seed(name):
    """The seed that a run or preset was trained with, or None where a preset does not say."""
    from keras_gans import runs

    folder = locate(name)
    return runs.read_configuration(folder).seed if _holds_run(folder) else preset.read(folder).run.get("seed")


def _holds_run(folder):
    """Whether a folder is a run's and not a preset's; one that is neither is an error."""
    from keras_gans import runs

    if not any((folder / name).is_file() for name in (runs.RUN, zoo.PRESET)):
        raise FileNotFoundError(
            f"Expected the folder of a run (with {runs.RUN}) or of a preset (with {zoo.PRESET}), received: {folder}"
        )
    return (folder / runs.RUN).is_file()


def locate(name):
    """The folder of a preset or run: a name of the zoo goes before a folder of the same name."""
    text = os.fspath(name)
    if text.startswith(hub.PREFIX):
        return hub.fetch(text)
    known = zoo.names()
    if text in known:
        return zoo.zoo_path() / text
    if os.path.isdir(text):
        return pathlib.Path(text)
    nearest = difflib.get_close_matches(text, known, n=3, cutoff=0.4)
    hint = f"nearest: {', '.join(nearest)}; " if nearest else ""
    raise ValueError(
        f"Expected the name of a preset, a folder of one or of a run, or {hub.PREFIX}user/name, received: {text!r} "
        f"({hint}all: {', '.join(known) or 'none'})."
    )


def build(description, folder):
    """The game that a `Preset` describes, with the weights that lie in `folder`."""
    folder = pathlib.Path(folder)
    missing = {_weights(part) for part in NETWORKS} - description.files.keys()
    if missing:
        raise ValueError(f"Expected a preset with {', '.join(sorted(missing))}, received: {folder}")
    integrity.verify(folder, description.files)
    integrity.refuse_code([description.model, description.recipe])
    with _one_sentence(folder):
        model = keras.saving.deserialize_keras_object(description.model)
        for part in NETWORKS:
            getattr(model, part).load_weights(folder / _weights(part))
        model.compile_from_config(description.recipe)
    return model


def _weights(part):
    return f"{part}.weights.h5"


@contextlib.contextmanager
def _one_sentence(folder):
    """Whatever a foreign description breaks in Keras, the user reads what is wrong with it in one sentence."""
    try:
        yield
    except Exception as error:
        reason = " ".join(str(error).split())
        reason = f"{reason[:300]}..." if len(reason) > 300 else reason
        raise ValueError(f"Expected a game of this version of keras_gans in {folder}, received: {reason}") from error
