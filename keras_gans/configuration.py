"""A training run as data: every choice by name, defaults filled in, checked before anything is built."""

import copy
import dataclasses
import inspect
import json

import keras

from keras_gans import registry, spelling
from keras_gans.models import checks
from keras_gans.models.compilation import DEFAULTS

PRECISIONS = {"float32": "float32", "bfloat16": "mixed_bfloat16", "float16": "mixed_float16"}

SHARED = ("num_classes", "categories", "continuous")
"""Arguments of the game's constructor that networks which ask for them are given too."""


@dataclasses.dataclass
class Configuration:
    """What `keras-gans train` trains, as JSON: the same configuration and seed give the same run.

    Sections hold the arguments of what they are named after: `model` of the game's constructor, `generator` and
    `discriminator` of the network family's, `data` of `keras_gans.data.load`, `compile` of the game's `compile`, with
    the paper's objects spelled out.
    """

    game: str
    network: str
    dataset: str
    epochs: int
    seed: int
    precision: str
    model: dict
    generator: dict
    discriminator: dict
    data: dict
    compile: dict

    def to_json(self):
        return json.dumps(dataclasses.asdict(self), indent=2) + "\n"

    @classmethod
    def from_json(cls, text):
        return cls(**json.loads(text))

    # ---- Building what the configuration names.

    def build(self, image_shape):
        """The compiled game, with networks for images of `image_shape`; weights come from `seed`."""
        keras.utils.set_random_seed(self.seed)
        keras.config.set_dtype_policy(PRECISIONS[self.precision])
        family, cls = registry.lookup("network", self.network), registry.lookup("game", self.game)
        told = self.model if "generator" in cls.takes_labels else {**self.model, "num_classes": None}
        game = cls(
            self._player(family.generator, self.generator, told, image_shape),
            self._player(
                family.discriminator, self.discriminator, self.model, cls.judged_shape(image_shape, **self.model)
            ),
            seed=self.seed,
            **_live(self.model),
        )
        game.compile(**_live(self.compile))
        return game

    def _player(self, network, options, model, image_shape):
        """A network, which is told what it has to know of the model: the number of classes, if it asks for it."""
        asked = inspect.signature(network.__init__).parameters
        shared = {name: model[name] for name in SHARED if name in asked and name in model}
        return network(image_shape=image_shape, **shared, **_live(options))

    @property
    def uses_labels(self):
        return "num_classes" in self.model

    @property
    def discriminator_steps(self):
        return self.compile["discriminator_steps"]


def resolve(game, network, dataset, epochs=20, seed=0, precision="float32", batch_size=64, settings=()):
    """A complete configuration from names and `section.key=value` settings.

    Args:
        game, network: registered names.
        dataset: what `keras_gans.data.load` takes.
        epochs: passes over the data, >= 1.
        seed: of the weights, the order of the data and the model's random numbers, >= 0.
        precision: "float32", "bfloat16" or "float16" (the networks' arithmetic; weights and losses stay float32).
        batch_size: images for one update of one player, >= 1.
        settings: strings such as "compile.discriminator_steps=5", "generator.width=0.5", "data.image_size=32" or
            "compile.generator_optimizer.learning_rate=1e-4". Values are JSON, or else strings.

    Raises:
        ValueError: for unknown names and keys; the message lists the nearest ones.
    """
    family, cls = registry.lookup("network", network), registry.lookup("game", game)
    if precision not in PRECISIONS:
        raise ValueError(f"Expected one of {', '.join(PRECISIONS)}, received: precision={precision!r}")
    for name, value, least in (("epochs", epochs, 1), ("seed", seed, 0), ("batch_size", batch_size, 1)):
        if not isinstance(value, int) or value < least:
            raise ValueError(f"Expected an integer of at least {least}, received: {name}={value!r}")
    configuration = Configuration(
        game=game,
        network=network,
        dataset=str(dataset),
        epochs=epochs,
        seed=seed,
        precision=precision,
        model=_defaults(cls.__init__, without=("generator", "discriminator", "seed")),
        generator=_defaults(family.generator.__init__, without=("image_shape", "name", *SHARED)),
        discriminator=_defaults(family.discriminator.__init__, without=("image_shape", "name", *SHARED)),
        data={"image_size": None, "split": "train", "batch_size": batch_size},
        compile=_compile_defaults(cls),
    )
    wanted = {key: value for key, value in cls.discriminator_options.items() if key in configuration.discriminator}
    configuration.discriminator.update(wanted)
    for setting in settings:
        _set(configuration, setting)
    return configuration


def _defaults(function, without=()):
    """The arguments of a function that have defaults, JSON-ready."""
    parameters = inspect.signature(function).parameters.values()
    return {
        parameter.name: keras.saving.serialize_keras_object(parameter.default)
        for parameter in parameters
        if parameter.default is not parameter.empty and parameter.name not in without
    }


def _compile_defaults(cls):
    recipe = {**DEFAULTS, "ema_momentum": None, **cls.recipe()}
    recipe.update({"steps_per_execution": 1, "jit_compile": "auto"})
    return {name: _serialized(value) for name, value in recipe.items()}


def _serialized(value):
    config = keras.saving.serialize_keras_object(value)
    if isinstance(value, keras.optimizers.Optimizer):
        # Keras counts optimizers in their names: the same run would differ from itself.
        del config["config"]["name"]
    return config


def _live(section):
    return keras.saving.deserialize_keras_object(copy.deepcopy(section))


# Names in the section `compile` stand for whole objects: their noun in the registry.
_NOUNS = {"objective": "objective", "penalties": "penalty", "constraints": "constraint", "tricks": "trick"}
_SECTIONS = ("model", "generator", "discriminator", "data", "compile")
# Keys that a configuration has only where they were set, so that the runs before they came stay what they are.
_OPTIONAL = {"data": ("single_label",)}


def _set(configuration, setting):
    """Carries out one `section.key[.key...]=value`."""
    path, equals, text = setting.partition("=")
    keys = path.strip().split(".")
    if not equals or len(keys) < 2:
        raise ValueError(f"Expected section.key=value, received: {setting!r}; sections: {', '.join(_SECTIONS)}.")
    node = getattr(configuration, keys[0]) if keys[0] in _SECTIONS else None
    if node is None:
        raise ValueError(registry.unknown("section", keys[0], _SECTIONS))
    for depth, key in enumerate(keys[1:-1], start=1):
        node = _descend(node, key, ".".join(keys[:depth]))
    node = node.get("config", node) if isinstance(node, dict) else node
    key, value = keys[-1], spelling.value(text)
    section = ".".join(keys[:-1])
    known = {**node, **dict.fromkeys(_OPTIONAL.get(section, ()))} if isinstance(node, dict) else node
    if not isinstance(node, dict) or key not in known:
        raise ValueError(registry.unknown("setting", path.strip(), _paths(known, section)))
    node[key] = _named(keys, value)


def _descend(node, key, path):
    node = node.get("config", node) if isinstance(node, dict) else node
    if isinstance(node, list) and key.isdigit() and int(key) < len(node):
        return node[int(key)]
    if not isinstance(node, dict) or key not in node:
        raise ValueError(registry.unknown("setting", f"{path}.{key}", _paths(node, path)))
    return node[key]


def _paths(node, path):
    keys = node if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else ()
    return [f"{path}.{key}" for key in keys]


def _named(keys, value):
    """Objects for names: `compile.objective=hinge`, `compile.penalties=[]`, `compile.generator_optimizer=sgd`."""
    if keys[0] != "compile" or len(keys) != 2:
        return value
    if keys[1].endswith("_optimizer") and isinstance(value, str):
        return _serialized(checks.optimizer(value))
    noun = _NOUNS.get(keys[1])
    if noun == "objective" and isinstance(value, str):
        return keras.saving.serialize_keras_object(registry.get(noun, value))
    if noun is not None and noun != "objective":
        names = value if isinstance(value, list) else [name for name in str(value).split(",") if name]
        return [keras.saving.serialize_keras_object(registry.get(noun, name)) for name in names]
    return value
