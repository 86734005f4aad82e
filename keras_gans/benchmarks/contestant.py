"""What takes part in a benchmark: a game and its settings, written as users write them."""

import dataclasses
import inspect
import json
import re

from keras_gans import registry
from keras_gans.models.adversarial import AdversarialModel


@dataclasses.dataclass(frozen=True)
class Contestant:
    """A game by name, with arguments of its constructor and of `compile`.

    Args:
        name: as written, e.g. "pac_gan[packing=4]"; the label of its runs.
        game: the registered name.
        model: arguments of the game's constructor.
        compile: arguments of the game's `compile`.
    """

    name: str
    game: str
    model: dict
    compile: dict


def parse(text):
    """A contestant from "game" or "game[argument=value,...]", e.g. "unrolled_gan[unrolled_steps=10]".

    Values are JSON, or else strings. An argument goes to the constructor if it has one of that name, else to `compile`.

    Raises:
        ValueError: for another form, an unknown game or an unknown argument; the message lists the nearest ones.
    """
    form = re.fullmatch(r"\s*(\w+)\s*(?:\[(.*)\])?\s*", text)
    if form is None:
        raise ValueError(f"Expected game or game[argument=value,...], received: {text!r}")
    game, settings = form.groups()
    cls = registry.lookup("game", game)
    constructor = _arguments(cls.__init__)
    compiled = _arguments(AdversarialModel.compile) | _arguments(cls.compile) | set(cls.recipe())
    model, compile_arguments = {}, {}
    for setting in filter(None, re.split(r",(?![^\[]*\])", settings or "")):
        key, equals, value = setting.partition("=")
        key = key.strip()
        if not equals or key not in constructor | compiled:
            raise ValueError(registry.unknown(f"argument=value of {game}", setting, sorted(constructor | compiled)))
        (model if key in constructor else compile_arguments)[key] = _value(value)
    return Contestant(re.sub(r"\s+", "", text).removesuffix("[]"), game, model, compile_arguments)


def _arguments(function):
    skipped = ("self", "generator", "discriminator", "seed", "latents", "args", "kwargs")
    return set(inspect.signature(function).parameters) - set(skipped)


def _value(text):
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        return text.strip()
