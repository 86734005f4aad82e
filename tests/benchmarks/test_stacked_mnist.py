"""Modes by hand, networks of the published sizes, and a whole run on a few digits."""

import numpy as np
import pytest

from keras_gans.benchmarks import contestant, stacked_mnist
from keras_gans.benchmarks.stacked_mnist import (
    UnrolledDCGANStackedMNIST,
    UnrolledStackedMNIST,
    VEEGANStackedMNIST,
    coverage,
)


def test_coverage_by_hand():
    """Two of 1000 triples, three to one: KL = 3/4 log 750 + 1/4 log 250."""
    figures = coverage([[1, 2, 3]] * 3 + [[9, 9, 9]])
    assert figures == {"modes": 2, "kl": pytest.approx(0.75 * np.log(750) + 0.25 * np.log(250))}
    every = np.stack(np.unravel_index(np.arange(1000), (10, 10, 10)), axis=1)
    assert coverage(every) == {"modes": 1000, "kl": pytest.approx(0.0, abs=1e-12)}


@pytest.mark.parametrize(
    ("protocol", "channels"),
    [
        (UnrolledStackedMNIST(), [2, 4, 8]),
        (UnrolledStackedMNIST(share=0.5), [4, 8, 16]),
        (VEEGANStackedMNIST(), [64, 128, 256, 512]),
    ],
)
def test_networks_have_the_published_sizes(protocol, channels):
    game = protocol.build(contestant.parse("pac_gan[packing=2]"), seed=0)
    layers = [layer.filters for layer in game.discriminator.layers if hasattr(layer, "filters")]
    assert layers == channels and game.discriminator.input_shape == (None, 28, 28, 6)
    maps = [layer.output.shape[1] for layer in game.generator.layers if "re_lu" in layer.name]
    assert maps == ([4, 7, 14, 28] if len(channels) == 3 else [2, 4, 7, 14])
    assert game.generator_steps == (1 if len(channels) == 3 else 2)


@pytest.mark.parametrize(("protocol", "seen"), [(UnrolledStackedMNIST(), False), (UnrolledDCGANStackedMNIST(), True)])
def test_only_a_first_layer_without_normalization_sees_contrast(protocol, seen):
    """Scores of a batch of images, and of the same images at half their contrast, in training."""
    discriminator = protocol.build(contestant.parse("ns_gan"), seed=0).discriminator
    images = np.random.default_rng(0).uniform(-1.0, 1.0, (16, 28, 28, 3)).astype("float32")
    full, half = (np.asarray(discriminator(factor * images, training=True)) for factor in (1.0, 0.5))
    assert (np.abs(full - half).max() > 1e-2 * np.abs(full).max()) == seen


@pytest.mark.parametrize("protocol", [UnrolledStackedMNIST, VEEGANStackedMNIST])
def test_a_short_run(monkeypatch, protocol):
    digits = np.random.default_rng(0).integers(256, size=(50, 28, 28, 1)).astype("uint8")
    monkeypatch.setattr(stacked_mnist, "arrays", lambda name, split="train": (digits, None))
    small = {"width": 0.05, "triples": None} if protocol is VEEGANStackedMNIST else {}
    monkeypatch.setattr(protocol, "triples", 32 if small else None)
    small.pop("triples", None)
    monkeypatch.setattr(protocol, "real", lambda self, count: np.repeat(digits[:count], 3, axis=-1))
    tiny = protocol(steps=2, snapshots=1, batch_size=4, samples=20, **small)
    first = next(iter(tiny.dataset(4, seed=0))).numpy()
    assert first.shape == (4, 28, 28, 3) and first.min() >= -1.0 and first.max() <= 1.0
    assert any(np.allclose((first[0, :, :, 1] + 1.0) * 127.5, digit[..., 0], atol=1e-3) for digit in digits)
    record, pictures = tiny.run(contestant.parse("ns_gan"), seed=0)
    assert 1 <= record["modes"] <= 20 and np.log(1000 / 20) - 1e-6 <= record["kl"] <= np.log(1000) + 1e-6
    assert pictures[0].shape == tiny.target().shape
