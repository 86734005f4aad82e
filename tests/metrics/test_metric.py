"""The frame of all registered metrics: batches, resets, extractors, configs."""

import keras
import numpy as np
import pytest

from keras_gans.metrics import EvaluationMetric, KernelInceptionDistance, PrecisionRecall, SlicedWasserstein
from keras_gans.metrics.extractors import Activations, Extractor


class Brightness(Extractor):
    """Features and logits that can be computed by hand."""

    name, sha256 = "brightness", "0" * 64

    def activations(self, images):
        rows = images.reshape(len(images), -1).astype("float32")
        return Activations(rows.mean(axis=1, keepdims=True), -rows)


class MeanDistance(EvaluationMetric):
    """Difference of the means: lower is better. Reference: none."""

    directions = {"mean_distance": "lower"}

    def compute(self, real, generated):
        return {"mean_distance": float(abs(np.mean(real) - np.mean(generated)))}, {}


class MeanLogit(EvaluationMetric):
    """Mean of the logits: higher is better. Reference: none."""

    directions = {"mean_logit": "higher"}
    reads = "logits"
    uses_reference = False

    def compute(self, real, generated):
        assert real is None
        return {"mean_logit": float(np.mean(generated))}, {}


def images(value, n=3):
    return np.full((n, 2, 2, 1), value, "uint8")


def test_features_and_images():
    metric = MeanDistance(name="m")
    metric.update_state(np.zeros((2, 3)), np.ones((5, 3)))
    assert metric.result() == 1.0
    metric = MeanDistance(extractor=Brightness(), name="m")
    metric.update_state(images(10), images(12))
    assert metric.result() == 2.0
    metric.update_state(None, images(18))
    assert metric.result() == 5.0


def test_logits_of_generated_images_alone():
    metric = MeanLogit(extractor=Brightness(), name="m")
    metric.update_state(None, images(4))
    assert metric.result() == -4.0
    metric.update_state(images(200), images(4))
    assert metric.result() == -4.0


def test_reset():
    metric = MeanDistance(name="m")
    metric.update_state(np.zeros((2, 1)), np.ones((2, 1)))
    metric.reset_state()
    with pytest.raises(ValueError, match="at least one batch"):
        metric.result()
    metric.update_state(np.zeros((2, 1)), np.full((2, 1), 3.0))
    assert metric.result() == 3.0


def test_tensors_of_the_backend():
    metric = MeanDistance(name="m")
    metric.update_state(keras.ops.zeros((2, 3)), keras.ops.ones((2, 3)))
    assert metric.result() == 1.0


def test_memory_of_a_batch_may_be_filled_again():
    buffer, collector = np.zeros((2, 1)), MeanDistance(name="m").collector()
    for value in (1.0, 3.0):
        buffer[:] = value
        collector.update(buffer)
    np.testing.assert_array_equal(collector.result().ravel(), [1.0, 1.0, 3.0, 3.0])


def test_one_value_is_a_number_and_several_are_a_dict():
    rows = np.random.default_rng(0).normal(size=(2, 20, 3))
    metrics = KernelInceptionDistance(), PrecisionRecall()
    for metric in metrics:
        metric.update_state(*rows)
    assert isinstance(metrics[0].result(), float) and set(metrics[1].result()) == {"precision", "recall"}


def test_config_names_the_extractor():
    metric = KernelInceptionDistance(extractor=Brightness(), subsets=7)
    config = metric.get_config()
    assert config["extractor"] == "brightness@000000000000"
    assert (config["subsets"], config["subset_size"], config["name"]) == (7, 1000, "kid")
    assert KernelInceptionDistance(extractor="mnist_classifier").get_config()["extractor"] == "mnist_classifier"


@pytest.mark.parametrize(
    ("metric", "batch", "error", "message"),
    [
        (MeanDistance(name="m"), np.zeros(3), ValueError, r"features of shape \(n, d\)"),
        (MeanLogit(name="m"), np.full((2, 3), np.nan), ValueError, "finite logits"),
        (SlicedWasserstein(), np.zeros((2, 28, 28, 1)), TypeError, "images of dtype uint8"),
        (MeanDistance(extractor=Brightness(), name="m"), np.zeros((2, 28, 28, 1)), TypeError, "images of dtype uint8"),
    ],
)
def test_refused_batches(metric, batch, error, message):
    with pytest.raises(error, match=message):
        metric.update_state(batch, batch)


@pytest.mark.skipif(keras.backend.backend() != "tensorflow", reason="graphs are TensorFlow's")
def test_refused_in_a_graph():
    import tensorflow as tf

    with pytest.raises(TypeError, match="outside tf.function"):
        tf.function(MeanDistance(name="m").update_state)(tf.zeros((2, 3)), tf.zeros((2, 3)))
