"""A model card: what `preset.json` says, for people. Generated, never edited."""

import inspect

from keras_gans import registry
from keras_gans.presets import scores
from keras_gans.presets.markdown import number, table
from keras_gans.presets.targets import misses


def text(preset):
    """The card of a `Preset`, Markdown."""
    parts = [
        f"# {preset.name}",
        f"{preset.title}.",
        f"![Samples of the first seeds, not chosen](samples.png)\n\n*{_caption(preset)}*",
        f"```python\nimport keras_gans\n\n{_snippet(preset)}\n```",
        f"## Game\n\n{_game(preset)}",
        f"## Scores\n\n{scores.text(preset)}",
        f"## Limits\n\n{_limits(preset)}",
        f"## Training\n\n{table([['', ''], *training(preset)])}",
        f"## Files\n\n{table(_files(preset))}\n\nThe weights are under {preset.license}.",
        "*Generated from preset.json by `keras-gans preset --refresh`.*",
    ]
    return "\n\n".join(parts) + "\n"


def training(preset):
    """Rows of what is known of the training."""
    run, configuration = preset.run, preset.run.get("configuration") or {}
    parts = {part: value for part, value in preset.model["config"].items() if part not in ("name", "seed")}
    facts = {
        "data": _data(preset.data),
        **{part.replace("_", " "): described(value) for part, value in parts.items()},
        "epochs": configuration.get("epochs"),
        "real images seen": f"{run['images_seen']:,}" if run.get("images_seen") else None,
        "minutes": f"{number(run['seconds'] / 60)}, wall time" if run.get("seconds") else None,
        "hardware": run.get("device"),
        "precision": configuration.get("precision"),
        "seed": run.get("seed"),
        "software": f"keras_gans {run.get('version')}, Keras {run.get('keras')}, {run.get('backend')}",
        "command": f"`{run['command']}`" if run.get("command") else None,
        "again": f"`keras-gans train --preset {preset.name}`" if configuration else None,
        **{name.replace("_", " "): described(value) for name, value in preset.recipe.items() if value is not None},
    }
    return [[name, str(value)] for name, value in facts.items() if value is not None]


def described(value):
    """A serialized part of a game or a recipe in words: `InterpolatedGradient(weight=10, every=1)`."""
    if isinstance(value, (list, tuple)):
        if value and all(isinstance(item, int) for item in value):
            return "x".join(map(str, value))
        return ", ".join(described(item) for item in value) or "none"
    if isinstance(value, dict) and "class_name" in value:
        config = {key: item for key, item in value["config"].items() if item is not None and item is not False}
        config.pop("name", None)
        if not config.get("use_ema"):
            config.pop("ema_momentum", None)
        if "layers" in config:
            return f"{value['class_name']} of {len(config['layers'])} layers"
        arguments = (f"{key}={described(item)}" for key, item in config.items())
        return f"{value['class_name']}({', '.join(arguments)})"
    return number(value) if isinstance(value, float) else str(value)


def registered(preset):
    """The game's class, or None where it is a plugin's that is not loaded."""
    classes = (registry.lookup("game", name) for name in registry.names("game"))
    return next((cls for cls in classes if cls.__name__ == preset.model["class_name"]), None)


def _caption(preset):
    count = "a column per class, seeds counting up row by row" if preset.probe["label"] else "seeds counting up from 0"
    return f"Samples, not chosen: {count}."


def _snippet(preset):
    labels = f", labels={preset.probe['label'][-1]}" if preset.probe["label"] else ""
    lines = f'gan = keras_gans.from_preset("{preset.name}")', f"images = gan.sample(16, seed=0{labels})"
    return "\n".join(lines)


def _game(preset):
    """The class's docstring up to its arguments: the equations and the reference are there already."""
    cls = registered(preset)
    if cls is None:
        return f"`{preset.model['class_name']}`. {preset.reference or ''}"
    return f"`{cls.__name__}`: {inspect.getdoc(cls).partition(chr(10) + 'Args:')[0].strip()}"


def _limits(preset):
    """What must not be expected, as a list."""
    size, name = preset.data.get("image_size"), preset.data.get("name")
    drawn = f"{described(size)} images like those of {name}" if name and size else "what it was trained on"
    asked = "a class can be asked for" if preset.probe["label"] else "no class can be asked for"
    sentences = [
        f"It draws {drawn}, and nothing else; {asked}.",
        "It is for teaching, for tests and for comparing methods. Whether it repeats training images was not measured.",
        "It is one training run, not the best of several.",
        *(f"It misses a target of the zoo: {miss}." for miss in misses(preset)),
    ]
    return "\n".join(f"- {sentence}" for sentence in sentences)


def _data(data):
    if not data.get("name"):
        return None
    name = f"[{data['name']}]({data['source']})" if data.get("source") else data["name"]
    return f"{name}, split {data['split']}" + (f", {data['license']}" if data.get("license") else "")


def _files(preset):
    files = ([f"`{name}`", f"{file['bytes']:,}", f"`{file['sha256']}`"] for name, file in preset.files.items())
    return [["file", "bytes", "sha256"], *files]
