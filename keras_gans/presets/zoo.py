"""The presets that the zoo holds."""

import re

from keras_gans.zoo_folder import zoo_path

PRESET = "preset.json"
NAME = re.compile(r"[a-z][a-z0-9_]*")


def names():
    """Sorted names of the zoo's presets; a link that leads out of the zoo is none."""
    root = zoo_path()
    folders = (path.parent for path in root.glob(f"*/{PRESET}"))
    return sorted(path.name for path in folders if NAME.fullmatch(path.name) and path.resolve().parent == root)
