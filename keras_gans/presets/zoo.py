"""The one place that knows where the zoo lies, in a source tree and in an installed package."""

import pathlib
import re

PRESET = "preset.json"
NAME = re.compile(r"[a-z][a-z0-9_]*")
_PACKAGE = pathlib.Path(__file__).resolve().parents[1]


def zoo_path():
    """The folder of presets and extractors.

    `keras_gans/zoo` is a link to `zoo/` in a source tree, which a wheel resolves; where links are not kept, the folder
    beside the package is taken.
    """
    places = [_PACKAGE / "zoo", _PACKAGE.parent / "zoo"]
    return next((place for place in places if place.is_dir()), places[0]).resolve()


def names():
    """Sorted names of the zoo's presets; a link that leads out of the zoo is none."""
    root = zoo_path()
    folders = (path.parent for path in root.glob(f"*/{PRESET}"))
    return sorted(path.name for path in folders if NAME.fullmatch(path.name) and path.resolve().parent == root)
