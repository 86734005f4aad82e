"""The model card of an export: what it is and how to ask it, for whoever serves or calls it."""

import inspect
import json
import pathlib
import re

import keras
import tensorflow as tf

from keras_gans._version import __version__

FILE = pathlib.Path("assets.extra", "model_card.md")

_TEXT = """\
# {name}

{title} {reference}

- Images of shape {image_shape} from {latent_dim} latents of the `{latents}` prior{classes}.
- Generator of {parameters:,} parameters{averaged}, arithmetic in {precision}.
- Row k of an answer depends on row k of the request alone, and an equal request gets an equal answer. A request has at
  most {most_rows} rows.
- Written by keras_gans {version} with Keras {keras} and TensorFlow {tensorflow}.

## Signatures

| signature | what | inputs | outputs |
|---|---|---|---|
{signatures}

## Calling it

```python
client = keras_gans.serving.Client("http://127.0.0.1:8501")
images = client.sample("{name}", {arguments})
```

```sh
curl -d '{body}' http://127.0.0.1:8501/v1/models/{name}:predict
```

## Probe

Wherever this export runs, `sample` answers these rows with images of these means and deviations, within
{tolerance:.3g}:

| {probe_inputs} | mean | deviation |
|{rule}|---|---|
{probe_rows}
"""


def write(folder, name, game, functions, signatures, probe):
    """Writes the card of a game's export.

    Args:
        folder: version directory.
        name: under which the game is served.
        game: the exported model.
        functions: concrete functions by signature name.
        signatures: the `Signature`s.
        probe: as `probe.make` gives it.
    """
    optimizer = game.generator_optimizer if game.compiled else None
    sample = probe["signatures"]["sample"]
    text = _TEXT.format(
        name=name,
        **_paper(game),
        image_shape=tuple(game.image_shape),
        latent_dim=game.latent_dim,
        latents=game.latents.registered_name,
        classes=f" and {game.num_classes} classes" if "generator" in game.takes_labels else "",
        parameters=game.generator.count_params(),
        averaged=", averaged over training" if optimizer is not None and optimizer.use_ema else "",
        precision=" and ".join(sorted({layer.compute_dtype for layer in game.generator._flatten_layers()})),
        most_rows=probe["most_rows"],
        version=__version__,
        keras=keras.__version__,
        tensorflow=tf.__version__,
        signatures="\n".join(_row(signature, functions[signature.name]) for signature in signatures),
        arguments=", ".join(f"{_ARGUMENTS.get(name, name)}={rows}" for name, rows in sample["inputs"].items()),
        body=json.dumps({"inputs": sample["inputs"]}),
        tolerance=sample["outputs"]["images"]["tolerance"],
        probe_inputs=" | ".join(sample["inputs"]),
        rule="|".join("---" for _ in sample["inputs"]),
        probe_rows=_probe_rows(sample),
    )
    (pathlib.Path(folder) / FILE).write_text(text, encoding="utf-8")


_ARGUMENTS = {"seed": "seeds", "label": "labels"}  # Names in `Client.sample` that differ from the inputs'.


def _paper(game):
    documentation = inspect.cleandoc(type(game).__doc__ or f"{type(game).__name__}.")
    reference = re.search(r"Reference:.*?arXiv:\d{4}\.\d{4,5}", documentation, flags=re.DOTALL)
    return {"title": documentation.splitlines()[0], "reference": f"{reference[0]}." if reference else ""}


def _row(signature, function):
    inputs = [
        f"`{wanted.name}` {_tensor(wanted.spec())}: {', '.join(filter(None, (wanted.meaning, wanted.allowed)))}"
        for wanted in signature.inputs
    ]
    outputs = [f"`{name}` {_tensor(spec)}" for name, spec in function.structured_outputs.items()]
    return f"| `{signature.name}` | {signature.meaning} | {'; '.join(inputs)} | {'; '.join(outputs)} |"


def _tensor(spec):
    sizes = ["n", *map(str, spec.shape[1:])]
    return f"{spec.dtype.name} ({', '.join(sizes)}{',' if len(sizes) == 1 else ''})"


def _probe_rows(sample):
    images = sample["outputs"]["images"]
    columns = [*sample["inputs"].values(), images["mean"], images["std"]]
    return "\n".join(f"| {' | '.join(f'{value:g}' for value in row)} |" for row in zip(*columns))
