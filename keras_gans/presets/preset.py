"""What a preset says about itself: `preset.json`."""

import dataclasses
import json
import pathlib

from keras_gans.presets.zoo import PRESET

SCHEMA = 1


@dataclasses.dataclass
class Preset:
    """A trained game as data, without its weights.

    Args:
        name: the folder's name in the zoo: small letters, digits and underscores.
        title: one line for people.
        reference: the paper, e.g. "arXiv:1704.00028", or None.
        license: of the weights.
        model: serialized game: its networks, latents and seed, as Keras serializes objects.
        recipe: serialized arguments of the game's `compile`.
        data: of the training: name, split, image_size, license, source.
        run: of the training: command, version, keras, backend, device, images_seen, seconds, seed, and the
            `configuration` from which `keras-gans train --preset` trains it again, or None.
        files: name -> {"sha256", "bytes"} of each file of weights.
        results: list of scores, each as `keras_gans.evaluation.Result` writes it, and perhaps `training_seeds`.
        probe: golden sample: the seeds' (and labels') images have these means and deviations; see `probe.py`.
    """

    name: str
    title: str
    reference: str | None
    license: str
    model: dict
    recipe: dict
    data: dict
    run: dict
    files: dict
    results: list
    probe: dict

    def to_json(self):
        return json.dumps({"schema": SCHEMA, **dataclasses.asdict(self)}, indent=2, ensure_ascii=False) + "\n"

    @classmethod
    def from_json(cls, text):
        """A preset from the text of its file.

        Raises:
            ValueError: for anything but a whole preset of this schema.
        """
        try:
            content = json.loads(text)
        except json.JSONDecodeError as error:
            raise ValueError(f"JSON that ends or breaks at line {error.lineno}") from None
        except RecursionError:
            raise ValueError("JSON that is nested too deeply") from None
        if not isinstance(content, dict) or "schema" not in content:
            raise ValueError("JSON of something else, without a schema number")
        schema = content.pop("schema")
        if schema != SCHEMA:
            raise ValueError(f"schema {schema!r}: this version of keras_gans reads {SCHEMA}")
        fields = {field.name: field.type for field in dataclasses.fields(cls)}
        for verb, others in (("lacks", fields.keys() - content.keys()), ("also has", content.keys() - fields.keys())):
            if others:
                raise ValueError(f"a description that {verb} {', '.join(sorted(others))}")
        for name, value in content.items():
            if not isinstance(value, fields[name]):
                raise ValueError(f"{name}={value!r}")
        return cls(**content)


def read(folder):
    """The `Preset` of a folder.

    Raises:
        FileNotFoundError: where the folder holds no preset.
        ValueError: where its description is damaged or of another schema.
    """
    path = pathlib.Path(folder) / PRESET
    try:
        return Preset.from_json(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise FileNotFoundError(f"Expected the folder of a preset (with {PRESET}), received: {folder}") from None
    except ValueError as error:
        raise ValueError(f"Expected a preset's description in {path}, received: {error}") from None
