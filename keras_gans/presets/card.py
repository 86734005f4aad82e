"""A model card: what `preset.json` says, for people. Generated, never edited."""

import inspect

from keras_gans import registry


def text(preset):
    """The card of a `Preset`, Markdown."""
    parts = [
        f"# {preset.name}",
        f"{preset.title}.",
        f"![Samples of the first seeds, not chosen](samples.png)\n\n*{_caption(preset)}*",
        f'```python\nimport keras_gans\n\ngan = keras_gans.from_preset("{preset.name}")\nimages = gan.sample(16)\n```',
        f"## Game\n\n{_game(preset)}",
        f"## Scores\n\n{scores(preset)}",
        f"## Training\n\n{_table(training(preset))}",
        f"## Files\n\n{_table(_files(preset))}",
        "*Generated from preset.json by `keras-gans preset --refresh`.*",
    ]
    return "\n\n".join(parts) + "\n"


def scores(preset):
    """The results as a table; of protocols by name, with the spread and what real images score."""
    if not preset.results:
        return "None yet."
    rows = [["metric", "value", "±", "runs", "real images", "better", "extractor"], ["---"] * 7]
    for result in preset.results:
        rows.append(
            [
                f"`{result['metric']}`",
                _number(result["value"]),
                _number(result.get("plus_minus")),
                _number(result.get("runs")),
                _number(result.get("floor")),
                result.get("direction") or "",
                f"`{result['extractor']}`" if result.get("extractor") else "none",
            ]
        )
    return _table(rows)


def training(preset):
    """Rows of what is known of the training."""
    run, data = preset.run, preset.data
    license = f", {data['license']}" if data.get("license") else ""
    facts = {
        "data": f"{data['name']}, split {data['split']}{license}" if data.get("name") else None,
        "real images seen": f"{run['images_seen']:,}" if run.get("images_seen") else None,
        "minutes": _number(run["seconds"] / 60) if run.get("seconds") else None,
        "hardware": run.get("device"),
        "seed": run.get("seed"),
        "software": f"keras_gans {run.get('version')}, Keras {run.get('keras')}, {run.get('backend')}",
        "command": f"`{run['command']}`" if run.get("command") else None,
        "again": f"`keras-gans train --preset {preset.name}`" if run.get("configuration") else None,
        **{name.replace("_", " "): described(value) for name, value in preset.recipe.items() if value is not None},
    }
    return [["", ""], ["---", "---"], *([name, str(value)] for name, value in facts.items() if value is not None)]


def described(value):
    """A serialized part of a recipe in words: `InterpolatedGradient(weight=10, every=1)`."""
    if isinstance(value, list):
        return ", ".join(described(item) for item in value) or "none"
    if isinstance(value, dict) and "class_name" in value:
        config = {key: item for key, item in value["config"].items() if item is not None and item is not False}
        if not config.get("use_ema"):
            config.pop("ema_momentum", None)
        arguments = (f"{key}={described(item)}" for key, item in config.items())
        return f"{value['class_name']}({', '.join(arguments)})"
    return _number(value) if isinstance(value, float) else str(value)


def _caption(preset):
    count = "a column per class, seeds counting up row by row" if preset.probe["label"] else "seeds counting up from 0"
    return f"Samples, not chosen: {count}."


def _game(preset):
    """The class's docstring up to its arguments: the equations and the reference are there already."""
    cls = registered(preset)
    if cls is None:
        return f"`{preset.model['class_name']}`. {preset.reference or ''}"
    return f"`{cls.__name__}`: {inspect.getdoc(cls).partition(chr(10) + 'Args:')[0].strip()}"


def registered(preset):
    """The game's class, or None where it is a plugin's that is not loaded."""
    classes = (registry.lookup("game", name) for name in registry.names("game"))
    return next((cls for cls in classes if cls.__name__ == preset.model["class_name"]), None)


def _files(preset):
    rows = [["file", "bytes", "sha256"], ["---"] * 3]
    return rows + [[f"`{name}`", f"{file['bytes']:,}", f"`{file['sha256']}`"] for name, file in preset.files.items()]


def _table(rows):
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _number(value):
    return "" if value is None else f"{value:.4g}"
