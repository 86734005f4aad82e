"""Images per second of the input pipeline alone beside those of training from it.

The two take turns in one process: a block of batches that nobody trains on, a block of train steps, and so on, so that
what else the machine does meets both alike. Figures are medians of the blocks; a ratio is the median of the ratios of
neighbouring blocks. Where it is large, the pipeline is never what training waits for.
"""

import dataclasses
import os
import pathlib
import platform
import statistics
import tempfile
import time

import keras
import numpy as np
from PIL import Image

from keras_gans import data, registry
from keras_gans.benchmarks.speed.fit import timed_fit

FILES, FILE_SIZE = 512, (218, 178)
"""Of the folder of photographs: as many as a few blocks read, in CelebA's size."""


@dataclasses.dataclass
class Pair:
    """A pipeline, as arguments of `keras_gans.data.load`, and the non-saturating game that is trained from it.

    Args:
        name: in words.
        network: registered name of the networks.
        batch_size: images of a batch.
        width: of the networks.
        dataset: a data set's name; None is the folder of photographs.
        options: further arguments of `load`.
    """

    name: str
    network: str
    batch_size: int
    width: float = 1.0
    dataset: str | None = None
    options: dict = dataclasses.field(default_factory=dict)


def pairs(dataset="mnist"):
    """The pairs that are measured, with a data set for the small images."""
    in_memory, from_files = {"image_size": 64}, {"image_size": 64, "memory_limit": 0}
    return [
        Pair(f"{dataset} 28x28, dcgan_lecture, batch 128", "dcgan_lecture", 128, dataset=dataset),
        Pair(f"{dataset} 28x28, dcgan width 0.25, batch 64", "dcgan", 64, 0.25, dataset),
        Pair("folder to 64x64, kept in memory, dcgan width 0.25, batch 64", "dcgan", 64, 0.25, options=in_memory),
        Pair("folder to 64x64, decoded each time, dcgan width 0.25, batch 64", "dcgan", 64, 0.25, options=from_files),
    ]


def run(rounds=5, batches=100, steps=4, chosen=None):
    """Measures all pairs; returns a JSON-ready report.

    Args:
        rounds: blocks of each side.
        batches: of the pipeline's block.
        steps: of training's block.
        chosen: list of `Pair`s; None is `pairs()`.
    """
    with tempfile.TemporaryDirectory() as folder:
        _write_photographs(folder)
        measured = {
            pair.name: _measure(pair, pair.dataset or folder, rounds, batches, steps) for pair in chosen or pairs()
        }
    return {
        "machine": {"cpus": os.cpu_count(), "processor": platform.processor() or platform.machine()},
        "keras": keras.__version__,
        "rounds": rounds,
        "batches": batches,
        "steps": steps,
        "pairs": measured,
    }


def table(report):
    """The report as text."""
    head = f"{'':66s} {'pipeline':>10s} {'training':>10s} {'ratio':>7s}"
    lines = [f"{head}   images/s, medians of {report['rounds']} blocks"]
    for name, row in report["pairs"].items():
        lines.append(f"{name:66s} {row['pipeline']:10.0f} {row['training']:10.1f} {row['ratio']:7.1f}")
    return "\n".join(lines)


def _measure(pair, source, rounds, batches, steps):
    """Medians of images/s of both, and of the ratio of neighbours."""
    dataset = data.load(source, batch_size=pair.batch_size, **pair.options)
    pipeline, training = _Pipeline(dataset, pair.batch_size), _Training(pair, dataset)
    training(2), pipeline(2)  # trace and warm up
    rows = [(pipeline(batches), training(steps)) for _ in range(rounds)]
    return {
        "pipeline": statistics.median(row[0] for row in rows),
        "training": statistics.median(row[1] for row in rows),
        "ratio": statistics.median(row[0] / row[1] for row in rows),
    }


class _Pipeline:
    """Batches that are made and dropped."""

    def __init__(self, dataset, batch_size):
        self.iterator, self.batch_size = iter(dataset.repeat()), batch_size
        self.ahead = 32  # more than prefetching has ready after a pause

    def __call__(self, batches):
        for _ in range(self.ahead):
            next(self.iterator)
        start = time.perf_counter()
        for _ in range(batches):
            next(self.iterator)
        return self.batch_size * batches / (time.perf_counter() - start)


class _Training:
    """`fit` on the same pipeline, from the beginning of its first step to the end of its last."""

    def __init__(self, pair, dataset):
        family = registry.lookup("network", pair.network)
        options = {"image_shape": dataset.element_spec.shape[1:], "width": pair.width}
        keras.utils.set_random_seed(0)
        self.model = registry.lookup("game", "ns_gan")(family.generator(**options), family.discriminator(**options))
        self.model.compile()
        self.dataset, self.batch_size = dataset.repeat(), pair.batch_size

    def __call__(self, steps):
        return self.batch_size * steps / timed_fit(self.model, self.dataset, steps).seconds


def _write_photographs(folder):
    """JPEG files of smooth colours, about as large as photographs of their size."""
    draw = np.random.default_rng(0)
    for index in range(FILES):
        colours = Image.fromarray(draw.integers(0, 256, (24, 20, 3), "uint8"))
        picture = colours.resize(FILE_SIZE[::-1], Image.Resampling.BICUBIC)
        picture.save(pathlib.Path(folder, f"{index:04d}.jpg"), quality=90)
