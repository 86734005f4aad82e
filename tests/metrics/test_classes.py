"""Which classes count, and what obedience to labels is, on counts that can be worked out by hand."""

import numpy as np
import pytest

from keras_gans.metrics import Classes, Labels, classes_found, label_accuracy
from keras_gans.metrics.extractors import Activations, Extractor


def logits(counts, sure=5.0):
    """`counts[k]` rows of class k."""
    return np.repeat(sure * np.eye(len(counts)), counts, axis=0)


def test_a_class_needs_a_tenth_of_its_even_share():
    # 1,000 samples of 4 classes: an even share is 250, a tenth of it 25.
    assert classes_found(logits([475, 475, 25, 25])) == 4
    assert classes_found(logits([476, 475, 25, 24])) == 3
    assert classes_found(logits([476, 475, 25, 24]), share=0.05) == 4
    assert classes_found(logits([1000, 0, 0, 0])) == 1


def test_images_that_look_like_nothing_are_of_no_class():
    assert classes_found(np.zeros((100, 10))) == 0
    halves = np.log([[0.51, 0.49], [0.49, 0.51]])
    assert classes_found(np.repeat(halves, 10, axis=0)) == 2
    assert classes_found(np.log([[0.5, 0.25, 0.25]])) == 0


@pytest.mark.parametrize("share", [0, 1.1, -0.1])
def test_shares_are_shares(share):
    with pytest.raises(ValueError, match="received: share="):
        Classes(share=share).compute(None, logits([1, 1]))


def test_accuracy_and_the_class_that_is_obeyed_least():
    asked, seen = np.array([0, 0, 0, 0, 2, 2]), np.array([0, 0, 0, 1, 2, 0])
    assert label_accuracy(asked, seen) == (pytest.approx(4 / 6), 0.5)
    assert label_accuracy(asked, asked) == (1.0, 1.0)


class FirstPixel(Extractor):
    """A classifier of three classes by the first pixel."""

    name, sha256 = "first_pixel", "a" * 64

    def activations(self, images):
        rows = np.eye(3, dtype="float32")[images[:, 0, 0, 0]]
        return Activations(rows, rows)


def test_pairs_of_images_and_classes():
    metric, images = Labels(FirstPixel()), np.zeros((6, 2, 2, 1), "uint8")
    images[:, 0, 0, 0] = [0, 1, 2, 0, 1, 1]
    metric.update_state(None, (images[:4], [0, 1, 2, 0]))
    metric.update_state(None, (images[4:], [1, 2]))
    assert metric.result() == {"label_accuracy": pytest.approx(5 / 6), "lowest_label_accuracy": 0.5}
    with pytest.raises(ValueError, match="Expected 6 classes from 0 to 2"):
        metric.update_state(None, (images, [0, 1, 2, 0, 1, 3]))
    with pytest.raises(ValueError, match="Expected rows of the class asked for and the class seen"):
        Labels().update_state(None, np.zeros((4, 3)))
