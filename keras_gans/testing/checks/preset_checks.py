"""What every preset must do, one property a check; for the zoo's and for users' own.

for name, check in preset_checks("zoo/my_preset"):
    check()  # an error says what does not hold
"""

import functools
import pathlib

import numpy as np
from PIL import Image

from keras_gans import presets
from keras_gans.presets import card, integrity, pictures, preset, probe
from keras_gans.presets.loading import NETWORKS
from keras_gans.presets.saving import CARD, PICTURE
from keras_gans.presets.zoo import PRESET

_LARGEST_DIFFERENCE = 1  # gray level: processors add in different orders


def preset_checks(folder):
    """Yields `(name, check)`: every check is called without arguments and raises an error.

    Args:
        folder: of the preset.
    """
    folder = pathlib.Path(folder)
    load = functools.cache(lambda: presets.from_preset(folder))
    for check in _CHECKS:
        yield check.__name__, functools.partial(check, folder, load)


def same_files(folder, load):
    """The folder holds what every preset's folder holds, and nothing else; it is named as the preset is."""
    weights = {f"{part}.weights.h5" for part in NETWORKS}
    names = {path.name for path in folder.iterdir()}
    assert names == {PRESET, CARD, PICTURE, *weights}, names
    assert set(preset.read(folder).files) == weights
    assert preset.read(folder).name == folder.name, preset.read(folder).name


def whole(folder, load):
    """sha256 of the weights are the described ones."""
    integrity.verify(folder, preset.read(folder).files)


def golden_sample(folder, load):
    """After loading, the probe's seeds give the probe's statistics."""
    golden = preset.read(folder).probe
    probe.compare(golden, probe.draw(load(), golden))


def same_picture(folder, load):
    """samples.png can be drawn again."""
    stored = np.asarray(Image.open(folder / PICTURE)).astype(int)
    drawn = np.squeeze(pictures.first_samples(load()).astype(int))
    assert stored.shape == drawn.shape, (stored.shape, drawn.shape)
    assert np.abs(stored - drawn).max() <= _LARGEST_DIFFERENCE, np.abs(stored - drawn).max()


def same_card(folder, load):
    """card.md says what preset.json says."""
    assert (folder / CARD).read_text(encoding="utf-8") == card.text(preset.read(folder)), "keras-gans preset --refresh"


def played_further(folder, load):
    """It is compiled, so that `fit` goes on."""
    assert load().compiled
    assert load().objective.registered_name


_CHECKS = (same_files, whole, golden_sample, same_picture, same_card, played_further)
