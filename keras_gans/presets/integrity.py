"""What is checked of a preset before anything is made of it."""

import hashlib
import pathlib

_CODE = {"Lambda", "__lambda__", "TorchModuleWrapper", "JaxLayer", "FlaxLayer", "TFSMLayer"}


def describe(path):
    """`{"sha256", "bytes"}` of a file."""
    path = pathlib.Path(path)
    with open(path, "rb") as file:
        return {"sha256": hashlib.file_digest(file, "sha256").hexdigest(), "bytes": path.stat().st_size}


def verify(folder, files):
    """Compares files with their descriptions.

    Args:
        folder: where they lie.
        files: name -> `{"sha256", "bytes"}`.

    Raises:
        FileNotFoundError: where one is missing.
        ValueError: where one is not the described one, or lies outside the folder.
    """
    folder = pathlib.Path(folder)
    for name, expected in files.items():
        path = folder / name
        if pathlib.PurePath(name).name != name or path.resolve().parent != folder.resolve():
            raise ValueError(f"Expected files inside {folder}, received: {name!r}, which leads out of it")
        if not path.is_file():
            raise FileNotFoundError(f"Expected the file {name} in {folder}, received: a preset without it")
        received = describe(path)
        if received != expected:
            raise ValueError(
                f"Expected {path} with {_words(expected)}, received: {_words(received)}: it is damaged or of another "
                "preset, fetch it again"
            )


def refuse_code(config):
    """Refuses a serialized object that holds code, e.g. a Lambda layer: a preset is data.

    Raises:
        ValueError: names the class.
    """
    if isinstance(config, dict):
        name = config.get("class_name")
        if isinstance(name, str) and name in _CODE:
            raise ValueError(f"Expected a preset without code, received: a {name.strip('_')} in it")
        config = list(config.values())
    if isinstance(config, list):
        for value in config:
            refuse_code(value)


def _words(description):
    try:
        return f"{description['bytes']:,} bytes and sha256 {description['sha256'][:12]}..."
    except (KeyError, TypeError, ValueError):
        return f"the description {description!r}"
