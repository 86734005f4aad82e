"""Presets on the Hugging Face hub."""

import os
import pathlib
import re

PREFIX = "hf://"
_ADDRESS = re.compile(r"hf://(?P<user>[\w-][\w.-]*)/(?P<name>[\w-][\w.-]*)(@(?P<revision>\w[\w.-]*))?")
_FILES = ["preset.json", "*.weights.h5", "card.md", "samples.png"]


def fetch(address):
    """The local folder of a preset on the hub, downloaded if it is not there yet.

    Args:
        address: "hf://user/name" or "hf://user/name@revision".

    Raises:
        ValueError: for an address of another form.
        ImportError: without the package huggingface_hub.
        OSError: where the hub does not answer or has no such preset.
    """
    match = _ADDRESS.fullmatch(address)
    if match is None:
        raise ValueError(f"Expected hf://user/name or hf://user/name@revision, received: {address!r}")
    try:
        import huggingface_hub
    except ImportError:
        raise ImportError(
            f"Expected the package huggingface_hub for {address}: pip install 'keras_gans[hub]'"
        ) from None
    folder = _cache() / address.removeprefix(PREFIX).replace("/", "--")
    try:
        huggingface_hub.snapshot_download(
            f"{match['user']}/{match['name']}",
            revision=match["revision"],
            allow_patterns=_FILES,
            # Real files, since a preset's files may not be links that lead out of its folder.
            local_dir=folder,
        )
    except Exception as error:
        reason = str(error).strip().partition("\n")[0]
        raise OSError(f"Expected a preset at {address}, received from the hub: {reason}") from error
    return folder


def _cache():
    root = os.environ.get("KERAS_GANS_CACHE") or pathlib.Path.home() / ".cache" / "keras_gans"
    return pathlib.Path(root) / "hub"
