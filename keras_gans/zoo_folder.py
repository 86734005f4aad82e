"""The one place that knows where the zoo lies, in a source tree and in an installed package."""

import pathlib

_PACKAGE = pathlib.Path(__file__).resolve().parent


def zoo_path():
    """The folder of presets and extractors.

    `keras_gans/zoo` is a link to `zoo/` in a source tree, which a wheel resolves; where links are not kept, the folder
    beside the package is taken.
    """
    places = [_PACKAGE / "zoo", _PACKAGE.parent / "zoo"]
    return next((place for place in places if place.is_dir()), places[0]).resolve()
