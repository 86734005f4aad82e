"""From the folder of a finished run to a preset, and from a preset to another run."""

import dataclasses
import json
import pathlib

from keras_gans import runs
from keras_gans.configuration import Configuration
from keras_gans.machine import hardware
from keras_gans.presets import loading, preset
from keras_gans.presets.saving import save_to_preset

LICENSES = {"digits": "CC BY 4.0", "fashion_mnist": "MIT", "mnist": "CC BY-SA 3.0"}
"""Of data sets, as their publishers state them; tensorflow-datasets does not say."""
SOURCES = {
    "digits": "https://archive.ics.uci.edu/dataset/80",
    "fashion_mnist": "https://github.com/zalandoresearch/fashion-mnist",
    "mnist": "http://yann.lecun.com/exdb/mnist/",
}
"""Where data sets come from."""


def preset_from_run(run, folder, device=None, data_license=None, **options):
    """Writes the trained model of a run as a preset.

    Args:
        run: folder of the run.
        folder: of the preset.
        device: what it was trained on, in words; by default what the run recorded, or else this machine.
        data_license: of the training data, where it is not known here.
        **options: `title`, `license`, `reference`, `results`, `overwrite` of `save_to_preset`.

    Returns:
        The `Preset`.

    Raises:
        ValueError: where the run is not finished.
    """
    configuration = runs.read_configuration(run)
    record = json.loads((pathlib.Path(run) / runs.RUN).read_text(encoding="utf-8"))
    if record["state"] != "trained":
        raise ValueError(f"Expected a finished run, received: {run}, whose state is {record['state']!r}")
    model = runs.load_run(run)
    data = {
        "name": configuration.dataset,
        "split": configuration.data["split"],
        "image_size": list(model.image_shape[:2]),
        "license": data_license or LICENSES.get(configuration.dataset),
        "source": SOURCES.get(configuration.dataset),
    }
    facts = {
        "command": record["command"],
        "version": record["keras_gans"],
        "keras": record["keras"],
        "backend": record["backend"],
        "device": device or record.get("device") or hardware(),
        # The real images that the discriminator has learned from, all steps together.
        "images_seen": int(model.discriminator_optimizer.iterations) * configuration.data["batch_size"],
        "seconds": record["seconds"],
        "seed": configuration.seed,
        "configuration": vars(configuration),
    }
    return save_to_preset(model, folder, data=data, run=facts, **options)


def configuration_of(name, seed=None):
    """The `Configuration` that trains a preset again, with its own seed or another.

    Raises:
        ValueError: where the preset does not come from a run, or from one of another version.
    """
    found = preset.read(loading.locate(name))
    try:
        configuration = Configuration(**found.run["configuration"])
    except (KeyError, TypeError):
        raise ValueError(
            f"Expected a preset made from a run of this version of keras_gans, received: {name}, "
            "which does not hold the run's configuration"
        ) from None
    return configuration if seed is None else dataclasses.replace(configuration, seed=seed)
