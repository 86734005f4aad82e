"""What exists is registered: one decorator gives a class its lookup name, its serialization and its tests."""

import difflib
import importlib
import inspect
import pkgutil

import keras

_CLASSES = {}  # noun -> {lookup name: class}
_ROOMS = {
    "objective": "keras_gans.objectives",
    "penalty": "keras_gans.penalties",
    "constraint": "keras_gans.constraints",
    "trick": "keras_gans.tricks",
    "latents": "keras_gans.latents",
    "network": "keras_gans.networks",
    "game": "keras_gans.models",
    "metric": "keras_gans.metrics",
}


def register(name):
    """Registers a class under its lookup name, e.g. `@register("wgan_gp")`.

    The noun ("objective", "penalty", "network", "game", ...) is the class attribute `noun` that every base class
    declares. The class is registered with Keras' serialization too, as `keras_gans>ClassName`.
    """

    def decorate(cls):
        known = _CLASSES.setdefault(cls.noun, {})
        if name in known and known[name].__qualname__ != cls.__qualname__:
            raise ValueError(
                f"Expected a name that no other {cls.noun} has, received: {name!r}, which is {known[name]}."
            )
        known[name] = cls
        cls.registered_name = name
        return keras.saving.register_keras_serializable("keras_gans")(cls)

    return decorate


def nouns():
    """The kinds of things that can be looked up."""
    return list(_ROOMS)


def names(noun):
    """Sorted lookup names of everything registered under `noun`."""
    return sorted(_classes(noun))


def lookup(noun, name):
    """The class registered under `noun` and `name`; an unknown name is an error that lists the nearest ones."""
    classes = _classes(noun)
    if name not in classes:
        raise ValueError(unknown(noun, name, classes))
    return classes[name]


def get(noun, identifier):
    """An instance, from a name, a class, a serialized config `{"class_name": ..., "config": ...}` or an instance.

    Raises:
        ValueError: for an unknown name; the message lists the nearest ones.
        TypeError: for anything that is none of the above.
    """
    if isinstance(identifier, str):
        return lookup(noun, identifier)()
    if isinstance(identifier, dict):
        identifier = keras.saving.deserialize_keras_object(identifier)
    if inspect.isclass(identifier) and getattr(identifier, "noun", None) == noun:
        return identifier()
    if getattr(identifier, "noun", None) != noun:
        raise TypeError(
            f"Expected the name of a registered {noun} ({', '.join(names(noun))}) or an instance of one, "
            f"received: {noun}={identifier!r}"
        )
    return identifier


def unknown(noun, name, valid):
    """The sentence for a name that is none of `valid`: nearest names first."""
    nearest = difflib.get_close_matches(str(name), valid, n=3, cutoff=0.4)
    hint = f"nearest: {', '.join(nearest)}; " if nearest else ""
    return f"Expected the name of a registered {noun}, received: {name!r} ({hint}all: {', '.join(sorted(valid))})."


def import_rooms():
    """Registers everything that this package has, so that Keras can load files made of it."""
    for noun in _ROOMS:
        _classes(noun)


def import_modules(package):
    """Imports every module of a package, so that a file dropped into a noun's folder is registered."""
    for module in pkgutil.iter_modules(package.__path__, package.__name__ + "."):
        if not module.ispkg:
            importlib.import_module(module.name)


def _classes(noun):
    if noun not in _ROOMS:
        raise ValueError(f"Expected one of {nouns()}, received: noun={noun!r}")
    room = importlib.import_module(_ROOMS[noun])
    if hasattr(room, "__path__"):
        import_modules(room)
    return _CLASSES.setdefault(noun, {})


class Component:
    """A part with a config: `__init__` stores its arguments under their own names, `get_config` gives them back."""

    noun = None
    registered_name = None

    def __init__(self):
        pass

    def get_config(self):
        return {
            name: keras.saving.serialize_keras_object(getattr(self, name))
            for name in inspect.signature(type(self)).parameters
        }

    @classmethod
    def from_config(cls, config):
        return cls(**{name: keras.saving.deserialize_keras_object(value) for name, value in config.items()})

    def __repr__(self):
        arguments = ", ".join(f"{name}={value!r}" for name, value in self.get_config().items())
        return f"{type(self).__name__}({arguments})"
