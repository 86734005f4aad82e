"""What takes part in a benchmark: a game and its settings, written as users write them."""

import dataclasses
import inspect
import re

import keras

from keras_gans import registry, spelling
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


def parse(text, tricks=()):
    """A contestant from "game" or "game[argument=value,...]", e.g. "unrolled_gan[unrolled_steps=10]".

    An argument goes to the constructor if it has one of that name, else to `compile`.

    Args:
        text: see `keras_gans.spelling`.
        tricks: that it is trained with besides its own, written alike, e.g. "instance_noise[stddev=0.2]".

    Raises:
        ValueError: for another form, an unknown name or an unknown argument; the message lists the nearest ones.
    """
    game, arguments = spelling.parse(text, "game")
    cls = registry.lookup("game", game)
    constructor = _arguments(cls.__init__)
    compiled = _arguments(AdversarialModel.compile) | _arguments(cls.compile) | set(cls.recipe())
    spelling.check("game", game, arguments, constructor | compiled)
    model = {key: value for key, value in arguments.items() if key in constructor}
    options = {key: value for key, value in arguments.items() if key not in constructor}
    if tricks:
        # Configurations, since a trick belongs to the one game that it is attached to.
        configs = [keras.saving.serialize_keras_object(spelling.read(trick, "trick")) for trick in tricks]
        options["tricks"] = [*options.get("tricks", ()), *configs]
    name = re.sub(r"\s+", "", text).removesuffix("[]")
    return Contestant(" + ".join([name, *tricks]), game, model, options)


def _arguments(function):
    skipped = ("self", "generator", "discriminator", "seed", "latents", "args", "kwargs")
    return set(inspect.signature(function).parameters) - set(skipped)
