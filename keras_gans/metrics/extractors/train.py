"""Trains the classifiers whose features our metrics read, and writes them into the zoo.

    python -m keras_gans.metrics.extractors.train mnist --out zoo/extractors

The data set is split as its publishers split it; the test split is looked at once, at the end. A run on the same
machine with the same seed gives the same weights up to the order of parallel sums.
"""

import dataclasses
import hashlib
import json
import math
import os
import time
from typing import Annotated

import keras
import typer

from keras_gans._version import __version__
from keras_gans.data import arrays
from keras_gans.images import to_float
from keras_gans.metrics.extractors.accuracy import accuracy
from keras_gans.metrics.extractors.network import classifier
from keras_gans.metrics.extractors.zoo import DESCRIPTION, WEIGHTS
from keras_gans.registry import unknown


@dataclasses.dataclass
class Recipe:
    """How one classifier is trained: `batch_size` images a step, one cycle of the learning rate over `epochs`."""

    title: str
    license: str
    epochs: int
    flip: bool
    degrees: float
    width: int = 24
    batch_size: int = 128
    learning_rate: float = 3e-3
    weight_decay: float = 1e-3


RECIPES = {
    "mnist": Recipe("Handwritten digits", "CC BY-SA 3.0", epochs=12, flip=False, degrees=10.0),
    "fashion_mnist": Recipe("Articles of clothing", "MIT", epochs=30, flip=True, degrees=4.0),
    "digits": Recipe("Small handwritten digits", "CC BY 4.0", epochs=80, flip=False, degrees=10.0, batch_size=64),
}


def train(
    data: Annotated[str, typer.Argument(help=f"Data set: {', '.join(RECIPES)}.")],
    out: Annotated[str, typer.Option(help="Folder that gets <data>_classifier/.")] = "zoo/extractors",
    epochs: Annotated[int, typer.Option(help="Epochs; 0 means the recipe's.")] = 0,
    seed: Annotated[int, typer.Option(help="Seed of weights, order and augmentation.")] = 0,
    precision: Annotated[str, typer.Option(help="Keras dtype policy of the training.")] = "mixed_bfloat16",
):
    """Trains a classifier and writes its weights, their sha256 and its test accuracy."""
    if data not in RECIPES:
        raise typer.BadParameter(unknown("recipe", data, RECIPES))
    recipe = dataclasses.replace(RECIPES[data], epochs=epochs or RECIPES[data].epochs)
    keras.utils.set_random_seed(seed)
    images, labels = arrays(data, "train")
    model, seconds = fit(images, labels, recipe, precision, seed)
    test_images, test_labels = arrays(data, "test")
    share = accuracy(model, test_images, test_labels)
    name = f"{data}_classifier"
    network = {"image_shape": list(images.shape[1:]), "classes": int(labels.max()) + 1, "width": recipe.width}
    description = {
        "schema": 1,
        "name": name,
        "title": recipe.title,
        "license": recipe.license,
        "network": network,
        "data": {"name": data, "train": len(images), "test": len(test_images)},
        "accuracy": {"split": "test", "value": share},
        "recipe": dataclasses.asdict(recipe),
        "run": _run(data, recipe, seed, precision, seconds),
    }
    write(os.path.join(out, name), model, description)
    print(f"{data}: {100 * share:.2f} % of {len(test_images)} test images in {seconds:.0f} s", flush=True)


def _run(data, recipe, seed, precision, seconds):
    """How the training was started, on what, and how long it took."""
    return {
        "command": f"python -m keras_gans.metrics.extractors.train {data} --epochs {recipe.epochs} --seed {seed} "
        f"--precision {precision}",
        "version": __version__,
        "keras": keras.__version__,
        "backend": keras.backend.backend(),
        "seed": seed,
        "seconds": round(seconds),
    }


def fit(images, labels, recipe, precision, seed):
    """A trained float32 classifier and the seconds that it took."""
    shape, classes = images.shape[1:], int(labels.max()) + 1
    model = classifier(shape, classes, recipe.width, dtype=precision)
    steps = recipe.epochs * (len(images) // recipe.batch_size)
    head = keras.Model(model.inputs, model.get_layer("logits").output)
    head.compile(
        optimizer=keras.optimizers.AdamW(_one_cycle(recipe.learning_rate, steps), weight_decay=recipe.weight_decay),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    started = time.perf_counter()
    head.fit(augmented(images, labels, recipe, seed), epochs=recipe.epochs, shuffle=False, verbose=2)
    seconds = time.perf_counter() - started
    trained = classifier(shape, classes, recipe.width)
    trained.set_weights(model.get_weights())
    return trained, seconds


def augmented(images, labels, recipe, seed):
    """Shuffled batches of images in [-1, 1], each shifted by up to two pixels, turned, scaled and maybe mirrored."""
    import tensorflow as tf

    edge = {"fill_mode": "constant", "fill_value": -1.0}
    turn = recipe.degrees / 360.0
    shift = 2.0 / images.shape[1]
    moves = [
        keras.layers.RandomTranslation(shift, shift, seed=seed, **edge),
        keras.layers.RandomRotation(turn, seed=seed + 1, **edge),
        keras.layers.RandomZoom(0.08, seed=seed + 2, **edge),
    ]
    if recipe.flip:
        moves.append(keras.layers.RandomFlip("horizontal", seed=seed + 3))

    def augment(batch, batch_labels):
        batch = to_float(batch)
        for move in moves:
            batch = move(batch, training=True)
        return batch, batch_labels

    dataset = tf.data.Dataset.from_tensor_slices((images, labels)).shuffle(len(images), seed=seed)
    return dataset.batch(recipe.batch_size, drop_remainder=True).map(augment).prefetch(2)


def write(folder, model, description):
    """Writes weights and description, each aside and renamed; the description, with the weights' sha256, comes last."""
    os.makedirs(folder, exist_ok=True)
    path = os.path.join(folder, WEIGHTS)
    aside = os.path.join(folder, f"part-{WEIGHTS}")
    model.save_weights(aside)
    with open(aside, "rb") as file:
        content = file.read()
    os.replace(aside, path)
    files = {WEIGHTS: {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}}
    path = os.path.join(folder, DESCRIPTION)
    with open(f"{path}.part", "w", encoding="utf-8") as file:
        json.dump({**description, "files": files}, file, indent=2)
        file.write("\n")
    os.replace(f"{path}.part", path)


def _one_cycle(peak, steps):
    return keras.optimizers.schedules.CosineDecay(
        peak / 20.0, max(steps - steps // 8, 1), alpha=1e-3, warmup_target=peak, warmup_steps=math.ceil(steps / 8)
    )


if __name__ == "__main__":
    typer.run(train)
