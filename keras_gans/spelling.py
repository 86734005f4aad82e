"""Things with arguments, written in one word: "pac_gan[packing=4]", "instance_noise[stddev=0.2,real_only=true]"."""

import ast
import inspect
import json
import re

from keras_gans import registry


def value(text):
    """What a user means by a word: JSON, or a literal of Python (None, True, .5), or else the string itself."""
    for read_value in (json.loads, ast.literal_eval):
        try:
            return read_value(text.strip())
        except (ValueError, SyntaxError):
            continue
    return text.strip()


def parse(text, noun):
    """`(name, {argument: value})` of "name" or "name[argument=value,...]", see `value`.

    Raises:
        ValueError: for another form; `noun` says of what.
    """
    form = re.fullmatch(r"\s*(\w+)\s*(?:\[(.*)\])?\s*", text)
    settings = [] if form is None else _split(form[2] or "")
    if form is None or any("=" not in setting for setting in settings):
        raise ValueError(f"Expected {noun} or {noun}[argument=value,...], received: {text!r}")
    pairs = [setting.split("=", 1) for setting in settings]
    return form[1], {key.strip(): value(text) for key, text in pairs}


def check(noun, name, arguments, known):
    """Refuses arguments that are not `known`; the message lists the nearest ones."""
    for argument in arguments:
        if argument not in known:
            raise ValueError(registry.unknown(f"argument of the {noun} {name}", argument, sorted(known)))


def read(text, noun):
    """What is registered under `noun`, from its name, with arguments where there are any."""
    name, arguments = parse(text, noun)
    cls = registry.lookup(noun, name)
    check(noun, name, arguments, inspect.signature(cls).parameters)
    return cls.from_config(arguments)


def _split(text):
    """The parts between commas that are in no brackets or braces."""
    parts, depth = [""], 0
    for character in text:
        depth += (character in "[{") - (character in "]}")
        if character == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += character
    return [part for part in parts if part.strip()]
