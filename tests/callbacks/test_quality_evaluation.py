"""Scores of the averaged generator while it is trained, for whatever reads the logs."""

import glob
import os

import keras
import numpy as np
import pytest

from keras_gans.callbacks import QualityEvaluation
from keras_gans.evaluation import evaluate
from keras_gans.metrics.extractors import Activations, Extractor
from keras_gans.models import NSGAN
from keras_gans.testing import tiny

FID = "fid_20_train"
REAL = np.random.default_rng(0).integers(0, 256, (40, 8, 8, 1), dtype=np.uint8)


class Pixels(Extractor):
    """Features are three pixels."""

    name, sha256 = "pixels", "f" * 64

    def activations(self, images):
        return Activations(images.reshape(len(images), -1)[:, :3].astype("float32") / 255.0, None)


@pytest.fixture
def quality(tmp_path):
    def make(metrics=(FID,), **options):
        return QualityEvaluation(metrics, REAL, Pixels(), cache=tmp_path / "cache", **options)

    return make


def fit(model, *callbacks, epochs=3):
    return model.fit(tiny.images(16), batch_size=8, epochs=epochs, verbose=0, callbacks=list(callbacks)).history


def test_the_log_has_the_score_of_the_averaged_generator(quality, tmp_path):
    model = tiny.game(NSGAN, ema_momentum=0.9)
    callback = quality(seed=7)
    history = fit(model, callback)
    (expected,) = evaluate(model, [FID], REAL, Pixels(), seed=7, cache=tmp_path / "again")
    assert len(history[FID]) == 3 and history[FID][-1] == expected.value
    assert callback.results[2][0].value == expected.value and callback.results[2][0].generated["seeds"] == [7, 27]
    raw = tiny.game(NSGAN)
    raw.generator.set_weights(model.generator.get_weights())
    assert evaluate(raw, [FID], REAL, Pixels(), seed=7)[0].value != expected.value


def test_every_so_many_epochs_and_the_first_and_the_last(quality, tmp_path):
    callback, csv = quality([FID, "pr_20_train"], every=3), keras.callbacks.CSVLogger(tmp_path / "history.csv")
    history = fit(tiny.game(NSGAN), callback, csv, epochs=5)
    assert sorted(callback.results) == [0, 3, 4]
    measured = [callback.results[epoch][0].value for epoch in (0, 0, 0, 3, 4)]
    assert history[FID] == measured and len(history["recall_20_train"]) == 5
    rows = np.genfromtxt(tmp_path / "history.csv", delimiter=",", names=True)
    np.testing.assert_allclose(rows[FID], measured)


def test_a_fit_that_starts_later_begins_with_an_evaluation(quality):
    callback = quality(every=4)
    tiny.game(NSGAN).fit(tiny.images(8), batch_size=8, initial_epoch=1, epochs=4, verbose=0, callbacks=[callback])
    assert sorted(callback.results) == [1, 3]


def test_training_is_not_changed_by_being_watched(quality):
    watched, alone = tiny.game(NSGAN, dropout=0.3), tiny.game(NSGAN, dropout=0.3)
    fit(watched, quality())
    fit(alone)
    for left, right in zip(watched.get_weights(), alone.get_weights(), strict=True):
        np.testing.assert_array_equal(left, right)


class Scripted(keras.callbacks.Callback):
    """Weights whose scores go down, then up: epoch 2 has the best."""

    def __init__(self, offsets=(0.5, 0.8, 0.0, 0.8, 0.5)):
        super().__init__()
        self.offsets = offsets

    def on_epoch_begin(self, epoch, logs=None):
        self.epoch = epoch

    def on_epoch_end(self, epoch, logs=None):
        bias = self.model.generator.layers[-1].bias
        bias.assign(keras.ops.zeros_like(bias) + 4.0 * self.offsets[epoch])


@pytest.mark.parametrize("every", [1, 2])
def test_model_checkpoint_keeps_the_best(quality, tmp_path, every):
    model, callback = tiny.game(NSGAN), quality(every=every)
    checkpoint = keras.callbacks.ModelCheckpoint(
        str(tmp_path / "best.keras"), monitor=FID, mode="min", save_best_only=True
    )
    fit(model, Scripted(), callback, checkpoint, epochs=5)
    scores = {epoch: results[0].value for epoch, results in callback.results.items()}
    assert min(scores, key=scores.get) == 2
    best = keras.saving.load_model(tmp_path / "best.keras")
    assert evaluate(best, [FID], REAL, Pixels(), cache=tmp_path / "cache")[0].value == pytest.approx(scores[2])


def test_early_stopping_stops(quality):
    stopping = keras.callbacks.EarlyStopping(FID, mode="min", patience=2)
    history = fit(tiny.game(NSGAN), Scripted((0.5, 0.0, 0.5, 0.8, 1.0, 1.0)), quality(), stopping, epochs=6)
    assert len(history[FID]) == 4 and stopping.best == min(history[FID])


def test_tensorboard_gets_the_score(quality, tmp_path):
    tf = pytest.importorskip("tensorflow")
    history = fit(tiny.game(NSGAN), quality(), keras.callbacks.TensorBoard(tmp_path / "logs", write_graph=False))
    (file,) = glob.glob(os.path.join(tmp_path, "logs", "train", "events*"))
    values = [
        float(tf.make_ndarray(value.tensor))
        for event in tf.compat.v1.train.summary_iterator(file)
        for value in event.summary.value
        if value.tag == f"epoch_{FID}"
    ]
    assert values == pytest.approx(history[FID], rel=1e-6)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"every": 0}, "Expected at least 1, received: every=0"),
        ({"metrics": ["fid"]}, "Expected <metric>_<count>_<split>"),
        ({"metrics": ["fdi_20_train"]}, "nearest: .*fid"),
    ],
)
def test_wrong_arguments_are_refused_before_training(quality, arguments, message):
    with pytest.raises(ValueError, match=message):
        quality(**arguments)


def test_a_wrong_extractor_is_refused_before_the_first_epoch():
    with pytest.raises(ValueError, match="nearest: digits_classifier"):
        fit(tiny.game(NSGAN), QualityEvaluation([FID], REAL, "digit_classifier"))
