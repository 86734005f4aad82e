"""From images to records, on the embedded digits and on a stand-in extractor whose scores can be worked out."""

import json

import numpy as np
import pytest

from keras_gans import data, metrics
from keras_gans.evaluation import Evaluator, ModelSamples, Result, StoredImages, evaluate, to_json
from keras_gans.metrics.extractors import Activations, Extractor
from keras_gans.models import NSGAN, ConditionalGAN
from keras_gans.testing import tiny


class Pixels(Extractor):
    """Features are three pixels, logits two; counts the images that it has read."""

    name, sha256 = "pixels", "f" * 64

    def __init__(self, logits=True):
        self.logits = logits
        self.read = 0

    def activations(self, images):
        self.read += len(images)
        flat = images.reshape(len(images), -1).astype("float32") / 255.0
        return Activations(flat[:, :3], flat[:, 3:5] if self.logits else None)


class FirstPixel(Extractor):
    """A classifier of three classes by the first pixel."""

    name, sha256 = "first_pixel", "a" * 64

    def activations(self, images):
        rows = np.eye(3, dtype="float32")[images[:, 0, 0, 0] % 3]
        return Activations(rows, rows)


def random_images(count, seed=0):
    return np.random.default_rng(seed).integers(0, 256, (count, 8, 8, 1), dtype=np.uint8)


@pytest.fixture
def cache(tmp_path):
    return tmp_path / "cache"


@pytest.fixture
def model():
    return tiny.game(NSGAN)


def test_values_are_those_of_the_pure_functions(cache):
    real, generated, pixels = random_images(60), random_images(60, seed=1), Pixels()
    names = ["fid_60_train", "kid_60_train", "is_60_train", "recall_60_train"]
    fid, kid, inception, recall = evaluate(generated, names, real, pixels, cache=cache)
    (real_features, _), (features, logits) = pixels(real), pixels(generated)
    statistics = [metrics.feature_statistics(rows) for rows in (real_features, features)]
    assert fid.value == pytest.approx(metrics.frechet_distance(*statistics), rel=1e-9)
    assert kid.value == pytest.approx(metrics.kernel_distance(real_features, features, subset_size=60)[0])
    assert (inception.value, inception.plus_minus) == pytest.approx(metrics.inception_score(logits))
    assert recall.value == metrics.precision_recall(real_features, features)[1]
    assert [result.metric for result in (fid, kid, inception, recall)] == names


def test_a_result_is_a_complete_record(cache, model):
    (fid,) = evaluate(model, ["fid_20_train"], random_images(50), Pixels(), seed=3, runs=2, cache=cache)
    record = json.loads(to_json([fid]))[0]
    assert record["metric"] == "fid_20_train" and record["direction"] == "lower"
    assert record["plus_minus"] > 0 and record["spread"] == "standard deviation over runs"
    assert (record["runs"], record["count"]) == (2, 20)
    assert record["generated"]["seeds"] == [3, 43]
    reference = record["reference"]
    assert (reference["split"], reference["total"], len(reference["sha256"])) == ("train", 50, 64)
    assert record["extractor"] == f"pixels@{12 * 'f'}"
    assert {"keras_gans", "keras", "numpy", "scipy", "sklearn"} < record["versions"].keys()
    assert record["seconds"] > 0 and "cores" in record["hardware"]
    assert Result(**record) == fid


def test_the_metric_s_own_numbers_are_recorded(cache):
    kid, inception = evaluate(
        random_images(30), ["kid_30_train", "is_30_train"], random_images(30), Pixels(), cache=cache
    )
    assert kid.settings == {"subsets": 100, "subset_size": 1000, "seed": 0}
    assert (kid.plus_minus, kid.spread) == (None, None)  # all subsets would be all rows
    assert inception.plus_minus > 0 and inception.spread == "standard deviation over subsets or splits"


def test_runs_have_seeds_of_their_own(cache, model):
    real = random_images(50)
    both = evaluate(model, ["fid_20_train"], real, Pixels(), seed=0, runs=2, cache=cache)[0]
    values = [evaluate(model, ["fid_20_train"], real, Pixels(), seed=seed, cache=cache)[0].value for seed in (0, 20)]
    assert both.value == pytest.approx(np.mean(values), rel=1e-6)
    assert both.plus_minus == pytest.approx(np.std(values, ddof=1), rel=1e-4)


def test_the_values_of_the_runs_are_recorded(cache, model):
    fid, inception = evaluate(model, ["fid_20_train", "is_20_train"], random_images(50), Pixels(), runs=2, cache=cache)
    assert np.mean(fid.values) == fid.value and np.std(fid.values, ddof=1) == fid.plus_minus
    assert len(inception.values) == 2


def test_labels_are_the_ones_that_the_model_was_asked_for(cache):
    """An image's first pixel is its class, but that class 2 is drawn as 0 in the first half of its samples."""
    model = tiny.game(ConditionalGAN)

    def sample(seeds):
        seeds = np.asarray(seeds)
        drawn = np.where((seeds % 3 == 2) & (seeds < 45), 0, seeds % 3)
        return np.broadcast_to(drawn[:, None, None, None], (len(seeds), 8, 8, 1)).astype("uint8")

    model.sample = sample
    accuracy, lowest = evaluate(
        model, ["labels_30_train"], random_images(1), FirstPixel(), seed=30, batch_size=7, cache=cache
    )
    assert (accuracy.metric, lowest.metric) == ("label_accuracy_30_train", "lowest_label_accuracy_30_train")
    assert accuracy.value == pytest.approx(25 / 30) and lowest.value == 0.5
    assert accuracy.reference is None and accuracy.generated["seeds"] == [30, 60]


def test_the_classes_of_default_samples_are_the_ones_that_labels_expects():
    model = tiny.game(ConditionalGAN)
    images = ModelSamples(model, seed=4)
    (batch,) = images.batches(6, 6, run=1)
    np.testing.assert_array_equal(batch, model.sample(seeds=range(10, 16), labels=images.labels(6, run=1)))
    assert images.labels(6, run=1).tolist() == [1, 2, 0, 1, 2, 0]


def test_labels_are_for_models_that_take_them(cache, model):
    with pytest.raises(ValueError, match="Expected a conditional model to ask for labels, received"):
        evaluate(model, ["labels_20_train"], random_images(40), FirstPixel(), cache=cache)


def test_batch_size_does_not_change_a_score(cache):
    names = ["fid_100_test", "pr_100_test", "is_100_test"]
    scores = [
        [
            result.value
            for result in evaluate("digits", names, "digits", Pixels(), batch_size=size, cache=cache / folder)
        ]
        for size, folder in ((7, "small"), (100, "large"))
    ]
    np.testing.assert_array_equal(*scores)


def test_one_pass_for_all_metrics_and_none_for_a_known_reference(cache):
    real, generated, names = random_images(40), random_images(40, seed=1), ["fid_40_train", "kid_40_train"]
    first, second = Pixels(), Pixels()
    evaluator = Evaluator(names, real, first, cache=cache)
    values = [result.value for result in evaluator.evaluate(generated)]
    assert first.read == 80
    evaluator.evaluate(generated)
    assert first.read == 120
    assert [result.value for result in evaluate(generated, names, real, second, cache=cache)] == values
    assert second.read == 40


def test_changed_images_are_read_anew(cache):
    real, pixels = random_images(40), Pixels()
    before = evaluate(random_images(40, 1), ["fid_40_train"], real, pixels, cache=cache)[0].value
    real[:, 0, 0] = 255
    after = evaluate(random_images(40, 1), ["fid_40_train"], real, pixels, cache=cache)[0].value
    assert pixels.read == 160 and after > before


def test_a_damaged_cache_does_not_change_a_score(cache):
    real, generated = random_images(40), random_images(40, seed=1)
    expected = evaluate(generated, ["fid_40_train"], real, Pixels(), cache=cache)[0].value
    (path,) = cache.iterdir()
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.warns(UserWarning, match="is damaged and is computed anew"):
        assert evaluate(generated, ["fid_40_train"], real, Pixels(), cache=cache)[0].value == expected
    pixels = Pixels()
    evaluate(generated, ["fid_40_train"], real, pixels, cache=cache)
    assert pixels.read == 40


def test_images_themselves_need_no_extractor():
    (swd,) = evaluate(data.arrays("digits", "test")[0], ["swd_50_test"], "digits")
    assert swd.value == pytest.approx(0.0, abs=1e-6)
    assert swd.extractor is None and "@" not in str(swd)


def test_equal_images_score_perfectly(cache):
    images = random_images(50)
    names = ["fid_50_train", "pr_50_train", "dc_50_train"]
    fid, precision, recall, _, coverage = evaluate(images, names, images, Pixels(), cache=cache)
    assert fid.value == pytest.approx(0.0, abs=1e-9)
    assert precision.value == recall.value == coverage.value == 1.0


def test_splits_of_stored_images(cache):
    results = evaluate("digits", ["fid_50_test", "fid_50_train"], StoredImages("digits", "test"), Pixels(), cache=cache)
    assert [result.reference["total"] for result in results] == [297, 1500]


def test_a_value_asked_for_twice_comes_once(cache):
    names = ["pr_30_train", "recall_30_train", "pr_30_train"]
    results = evaluate(random_images(30), names, random_images(30), Pixels(), cache=cache)
    assert [result.metric for result in results] == ["precision_30_train", "recall_30_train"]


def test_progress_counts_images(cache):
    calls = []
    images = random_images(30)
    evaluator = Evaluator(
        ["fid_30_train"], images, Pixels(), batch_size=20, cache=cache, progress=lambda *call: calls.append(call)
    )
    evaluator.evaluate(images)
    assert calls == [(what, done, 30) for what in ("reference", "generated") for done in (20, 30)]


def test_a_result_prints_as_one_line(cache):
    (fid,) = evaluate(random_images(20), ["fid_20_train"], random_images(20), Pixels(), cache=cache)
    assert str(fid) == f"fid_20_train = {fid.value:.5g} (lower is better; pixels@ffffffffffff)"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"metrics": []}, "Expected at least one metric"),
        ({"metrics": ["fdi_20_train"]}, "nearest: .*fid"),
        ({"extractor": None}, "Expected an extractor for fid .*received: None"),
        ({"extractor": "digit_classifier"}, "nearest: digits_classifier"),
        ({"extractor": "digits_classifier"}, r"Expected images of shape \(n, 28, 28, 1\)"),
        ({"metrics": ["is_20_train"], "extractor": Pixels(logits=False)}, "Expected an extractor with logits"),
        ({"metrics": ["fid_99_train"]}, "Expected at least 99 images"),
        ({"metrics": ["fid_20_test"]}, r"Expected a split of .*\(train\), received: split='test'"),
        ({"runs": 0}, "received: runs=0"),
        ({"runs": 2}, "Expected a model for more than one run"),
    ],
)
def test_wrong_arguments_end_in_one_sentence(cache, arguments, message):
    defaults = {"metrics": ["fid_20_train"], "data": random_images(40), "extractor": Pixels(), "cache": cache}
    with pytest.raises(ValueError, match=message) as error:
        evaluate(random_images(40), **{**defaults, **arguments})
    assert "\n" not in str(error.value)


def test_points_cannot_be_scored(cache):
    model = tiny.game(NSGAN)
    model.sample = lambda seeds: np.zeros((len(seeds), 2), "float32")
    with pytest.raises(TypeError, match="Expected images of dtype uint8"):
        evaluate(model, ["fid_20_train"], random_images(40), Pixels(), cache=cache)
