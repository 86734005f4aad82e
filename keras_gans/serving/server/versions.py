"""Which versions of a model lie on disk, which of them a policy asks for, and what a version's state is."""

import asyncio
import dataclasses
import pathlib

from keras_gans.serving.errors import ServingError

START, LOADING, AVAILABLE, UNLOADING, END = STATES = ("START", "LOADING", "AVAILABLE", "UNLOADING", "END")


@dataclasses.dataclass
class Version:
    """One version of a model on its way from START to END.

    Args:
        number: the version's number, also the name of its directory.
        path: the version directory.
        aspired: whether the policy asks for it now.
        error: why it ended, a `ServingError`, or None.
    """

    number: int
    path: pathlib.Path
    aspired: bool = True
    state: str = START
    error: ServingError | None = None
    servable: object = None
    leases: int = 0
    released: asyncio.Event = dataclasses.field(default_factory=asyncio.Event)


def versions_on_disk(base_path):
    """`{number: directory}` of the children of a base path whose names are integers."""
    try:
        children = sorted(pathlib.Path(base_path).iterdir())
    except OSError:
        return {}
    return {int(child.name): child for child in children if child.name.isascii() and child.name.isdecimal()}


def aspired_versions(config, on_disk):
    """`{number: directory}` of the versions that a `ModelConfig`'s policy asks for."""
    policy = config.model_version_policy
    kind = policy.WhichOneof("policy_choice")
    if kind == "all":
        return on_disk
    if kind == "specific":
        return {number: on_disk[number] for number in policy.specific.versions if number in on_disk}
    count = policy.latest.num_versions or 1
    return {number: on_disk[number] for number in sorted(on_disk)[-count:]}


def next_action(versions):
    """What to do next, ("load" | "unload", version) or None, so that an available version is given up last.

    A version that is no longer asked for is unloaded once one that is asked for takes traffic, or none is left.
    """
    aspired = [version for version in versions if version.aspired]
    surplus = [version for version in versions if version.state == AVAILABLE and not version.aspired]
    if surplus and (not aspired or any(version.state == AVAILABLE for version in aspired)):
        return "unload", min(surplus, key=lambda version: version.number)
    waiting = [version for version in aspired if version.state == START]
    if waiting:
        return "load", max(waiting, key=lambda version: version.number)
    return None
