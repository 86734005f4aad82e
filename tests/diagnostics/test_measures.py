"""Diversity and scores, against numbers made by hand."""

import numpy as np
import pytest

from keras_gans import data
from keras_gans.diagnostics import examination, scores
from keras_gans.diagnostics.diversity import diversity
from keras_gans.models import NSGAN, PacGAN
from keras_gans.testing import tiny


def test_diversity_is_a_ratio_of_mean_distances():
    real = [[0.0, 0.0], [0.0, 3.0], [4.0, 0.0]]  # distances 3, 4, 5
    samples = [[1.0, 1.0], [1.0, 2.0]]  # distance 1
    assert diversity(samples, real) == pytest.approx(1 / 4)
    assert diversity(real, real) == 1.0
    assert diversity([[7.0, 7.0]] * 5, real) == 0.0


def test_diversity_of_equal_real_examples_is_refused():
    with pytest.raises(ValueError, match="Expected real examples that differ"):
        diversity([[0.0], [1.0]], [[1.0], [1.0]])


def test_separation_is_the_share_of_pairs_in_order():
    assert scores.separation([1.0, 2.0], [0.0, 0.5]) == 1.0
    assert scores.separation([0.0, 2.0], [1.0]) == 0.5
    assert scores.separation([1.0], [1.0]) == 0.5
    assert scores.separation([0.0], [1.0]) == 0.0


def test_histograms_share_their_bins():
    found = scores.histogram(np.asarray([0.0, 1.0]), np.asarray([3.0]), bins=3)
    assert found == {"edges": [0.0, 1.0, 2.0, 3.0], "real": [1, 1, 0], "fake": [0, 0, 1]}


@pytest.mark.parametrize("cls", [NSGAN, PacGAN])
def test_an_examination_knows_a_discriminator_that_calls_all_real(cls):
    game = tiny.game(cls)
    head = game.discriminator.layers[-1]
    head.kernel.assign(np.zeros(head.kernel.shape))
    head.bias.assign([3.0])
    found = examination.Examiner(game, tiny.images(64), n=16)(game, epoch=2)
    assert (found.real_accuracy, found.fake_accuracy, found.separation) == (1.0, 0.0, 0.5)
    assert sum(found.scores["real"]) == 16 // getattr(game, "packing", 1)
    assert (found.epoch, found.step, found.memorization) == (2, 0, None)


def test_examinations_are_read_as_they_were_written(tmp_path):
    game = tiny.game(NSGAN)
    examiner = examination.Examiner(game, tiny.images(64), n=8)
    first = examiner(game)
    game.fit(tiny.images(8), batch_size=8, verbose=0)
    second = examiner(game)
    path = tmp_path / "examinations.jsonl"
    for found in (first, second, second):
        examination.append(path, found)
    with open(path, "a") as file:
        file.write('{"epoch": 0, "st')
    assert examination.read(path) == [first, second]


def test_distances_can_be_those_of_an_extractor():
    shape = (28, 28, 1)
    game = NSGAN(tiny.generator(image_shape=shape), tiny.discriminator(image_shape=shape))
    game.compile()
    examiner = examination.Examiner(game, "digits", n=40, extractor="digits_classifier")
    assert examiner.real_features.shape == (40, 128)
    assert examiner(game, samples=examiner.real).diversity == pytest.approx(1.0)
    with pytest.raises(ValueError, match="nearest: digits_classifier"):
        examination.Examiner(game, "digits", extractor="digit_classifier")


def test_copies_of_the_training_set_are_known():
    train, _ = data.arrays("digits", image_size=8)
    game = tiny.game(NSGAN)
    examiner = examination.Examiner(game, "digits", n=100, held_out="test")
    copied = examiner(game, samples=train[:100])
    assert copied.memorization["verdict"] == "memorizes" and copied.diversity == pytest.approx(1.0, abs=0.1)
