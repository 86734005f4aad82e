"""One look at a game in training: everything that the alarms and the report read."""

import dataclasses
import json
import math
import os

import numpy as np
from keras import ops

from keras_gans import data, images
from keras_gans.data.loading import find
from keras_gans.diagnostics import gradients, scores
from keras_gans.diagnostics.diversity import diversity, flat

_MOST_NEIGHBOURS = 10_000


@dataclasses.dataclass(frozen=True)
class Examination:
    """What was measured at one moment, ready for JSON.

    Args:
        epoch, step: when, from 0; `step` is the number of finished steps of G.
        diversity: of the fixed samples, 1 for that of real ones: see `diagnostics.diversity`.
        real_accuracy, fake_accuracy: shares of real examples and of samples that D takes for what they are; its
            threshold is the objective's `undecided_score`. They mean nothing for critics, whose zero is anywhere.
        separation: share of pairs (real, sample) in which D prefers the real one.
        gradient_norms: `{player: {layer: norm}}`.
        scores: histogram of D's scores, `{"edges", "real", "fake"}`.
        memorization: fields of `metrics.memorization.Memorization`, or None where there is no held-out data.
    """

    epoch: int
    step: int
    diversity: float
    real_accuracy: float
    fake_accuracy: float
    separation: float
    gradient_norms: dict
    scores: dict
    memorization: dict | None = None

    @property
    def largest_gradient(self):
        """`(player, layer, norm)`."""
        return gradients.largest(self.gradient_norms)


class Examiner:
    """Examines games against the same real examples and the same seeds every time.

    Args:
        model: a compiled game, for the shape of its images.
        source: what `keras_gans.data.arrays` takes: the training data.
        n: how many real examples and samples; what fills no pack of PacGAN is left out.
        split: of `source`.
        held_out: another split of `source`, for the test of memorization; None leaves that out.
        extractor: an `Extractor` or the name of one: diversity and memorization are measured in its features; None: in
            pixels (for points, coordinates).
        seed: the first of the samples' seeds, and of the choice of real examples.
    """

    def __init__(self, model, source, n=240, split="train", held_out=None, extractor=None, seed=0):
        if n < 2:
            raise ValueError(f"Expected at least 2 examples, received: n={n!r}")
        self.seed = seed
        self.extractor = None if extractor is None else _extractor(extractor)
        size = model.image_shape[:2] if len(model.image_shape) == 3 else None
        # Memorization needs all examples, the rest only some of them.
        read, count, labels = _reader(source, split, size, whole=held_out is not None)
        self.n = min(n, count) - min(n, count) % _pack(model)
        rows = np.random.default_rng(seed).permutation(count)[: self.n]
        self.real = read(rows)
        self.labels = None if model.num_classes is None else labels[rows]
        self.train = None if held_out is None else read(np.arange(count))
        self.test = None if held_out is None else data.arrays(source, held_out, size)[0]
        self.real_features = self.features(self.real)

    def samples(self, model):
        """The fixed samples, uint8 images or points."""
        return model.sample(self.n, seed=self.seed)

    def features(self, examples):
        """Rows `(n, d)` in which distances are measured."""
        return flat(examples) if self.extractor is None else self.extractor(examples).features

    def __call__(self, model, epoch=0, samples=None):
        """The `Examination` of this moment; `samples` are made if they are not given."""
        samples = self.samples(model) if samples is None else samples
        real_scores = scores.scores(model, as_float(self.real), self.labels)
        fake_scores = scores.scores(model, as_float(samples), self._sample_labels(model))
        undecided = model.objective.undecided_score
        return Examination(
            epoch=epoch,
            step=steps(model),
            diversity=diversity(self.features(samples), self.real_features),
            real_accuracy=float(np.mean(real_scores > undecided)),
            fake_accuracy=float(np.mean(fake_scores < undecided)),
            separation=scores.separation(real_scores, fake_scores),
            gradient_norms=gradients.gradient_norms(model, as_float(self.real), self.labels),
            scores=scores.histogram(real_scores, fake_scores),
            memorization=None if self.test is None else self._memorization(samples),
        )

    def _memorization(self, samples):
        from keras_gans.metrics.memorization import memorization

        train, test = (self.features(part[:_MOST_NEIGHBOURS]) for part in (self.train, self.test))
        return dataclasses.asdict(memorization(self.features(samples), train, test))

    def _sample_labels(self, model):
        """The classes that `sample` asks for where none are given: seeds modulo their number."""
        if model.num_classes is None:
            return None
        return (np.arange(self.seed, self.seed + self.n) % model.num_classes).astype("int32")


def _reader(source, split, size, whole):
    """`(read, count, labels)`, where `read(rows)` gives some of the examples."""
    source = find(source)
    if source.reads_rows and not whole:
        read, count, _, labels = source.reader(split, size)
        return read, count, labels
    examples, labels = source.arrays(split, size)
    return examples.__getitem__, len(examples), labels


def _pack(model):
    """How many examples D judges at once."""
    return math.prod(model.judged_shape(model.image_shape)) // math.prod(model.image_shape)


def _extractor(identifier):
    from keras_gans.metrics import extractors

    return extractors.get(identifier)


def steps(model):
    """How many steps G has made."""
    return int(ops.convert_to_numpy(model.generator_optimizer.iterations))


def as_float(examples):
    """What D is shown: images in [-1, 1]; points are so already."""
    if examples.dtype != np.uint8:
        return examples
    return ops.convert_to_numpy(images.to_float(examples))


def append(path, examination):
    """Adds a line to a file of examinations."""
    os.makedirs(os.path.dirname(os.path.abspath(path)), exist_ok=True)
    with open(path, "a", encoding="utf-8") as file:
        file.write(json.dumps(dataclasses.asdict(examination)) + "\n")


def read(path):
    """The examinations of a file by step; where a step was examined twice after a crash, the later one counts."""
    found = {}
    with open(path, encoding="utf-8") as file:
        for line in file:
            # A crash in the middle of writing leaves half a line, which the same step then writes again.
            if line.endswith("}\n"):
                examination = Examination(**json.loads(line))
                found[examination.step] = examination
    return [found[step] for step in sorted(found)]
