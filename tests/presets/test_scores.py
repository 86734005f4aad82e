"""Published scores are computed again, stand beside those of other training seeds, and meet targets or are listed."""

import dataclasses
import json
import shutil

import numpy as np
import pytest

from keras_gans import presets, runs
from keras_gans.configuration import resolve
from keras_gans.evaluation.recomputation import TOLERANCE, Comparison
from keras_gans.presets import card, from_run, saving, targets, training_seeds, zoo, zoo_table
from tests.command_line import run

SMALL = ["generator.hidden=[8]", "discriminator.hidden=[8]"]


@pytest.fixture(scope="module")
def scored(tmp_path_factory):
    """A preset with scores of two sets of samples, and the scores of the same recipe trained from seeds 1 and 2."""
    root = tmp_path_factory.mktemp("scored")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KERAS_GANS_CACHE", str(root / "cache"))
        files = []
        for seed in range(3):
            folder = root / f"run-{seed}"
            runs.train(resolve("ns_gan", "mlp", "digits", epochs=1, seed=seed, settings=SMALL), folder, verbose=0)
            files.append(root / f"{seed}.json")
            scores = ("--metrics", "fid,is,pr,classes", "--samples", 50, "--runs", 2, "--json", files[-1])
            run("evaluate", folder, *scores)
    from_run.preset_from_run(root / "run-0", root / "zoo" / "mlp_digits")
    run("preset", root / "zoo" / "mlp_digits", "--results", files[0])
    return root / "zoo" / "mlp_digits", files


@pytest.fixture
def copied(scored, tmp_path, monkeypatch):
    """A copy to spoil, in a zoo of its own."""
    monkeypatch.setenv("KERAS_GANS_CACHE", str(scored[0].parents[1] / "cache"))
    monkeypatch.setattr(zoo, "zoo_path", lambda: tmp_path / "zoo")
    return shutil.copytree(scored[0], tmp_path / "zoo" / "mlp_digits")


def edit(folder, metric, **changes):
    """Changes entries of the published record of a metric."""
    found = presets.preset.read(folder)
    next(result for result in found.results if result["metric"] == metric).update(changes)
    saving.write(found, folder)


# ---- keras-gans evaluate PRESET --check


def test_published_scores_are_found_again(copied):
    done = run("evaluate", "mlp_digits", "--check")
    assert done.exit_code == 0
    assert "5 scores of mlp_digits are as published." in done.output
    assert "fid_50_test" in done.output and "classes_50_test" in done.output


def test_some_metrics_and_the_first_set_of_samples_only(copied):
    done = run("evaluate", copied, "--check", "--metrics", "fid,pr", "--runs", 1)
    assert done.exit_code == 0 and "3 scores" in done.output and "is_50_test" not in done.output
    first = next(result for result in presets.preset.read(copied).results if result["metric"] == "fid_50_test")
    assert f"{first['values'][0]:.6g}" in done.output


@pytest.mark.parametrize(("factor", "code"), [(1 + TOLERANCE / 2, 0), (1 + 2 * TOLERANCE, 1), (0.9, 1)])
def test_scores_beyond_the_tolerance_fail_in_a_sentence_each(copied, factor, code):
    published = presets.preset.read(copied).results[0]["value"] * factor
    edit(copied, "fid_50_test", value=published)
    done = run("evaluate", copied, "--check", "--metrics", "fid,classes")
    assert done.exit_code == code
    sentences = [line for line in done.output.splitlines() if line.startswith("Error:")]
    assert len(sentences) == code
    if code:
        assert f"Expected fid_50_test of {published:.6g} within" in sentences[0]


def test_other_weights_fail(copied, tmp_path):
    run("preset", another_run(copied, tmp_path), copied, "--overwrite")
    saving.set_results(copied, json.loads((tmp_path / "published.json").read_text()))
    done = run("evaluate", copied, "--check", "--runs", 1)
    assert done.exit_code == 1 and "Error: Expected " in done.output


def another_run(copied, tmp_path):
    """A run of another seed; the published scores are kept aside."""
    (tmp_path / "published.json").write_text(json.dumps(presets.preset.read(copied).results))
    runs.train(resolve("ns_gan", "mlp", "digits", epochs=1, seed=5, settings=SMALL), tmp_path / "other", verbose=0)
    return tmp_path / "other"


def test_other_real_images_are_not_compared(copied):
    reference = presets.preset.read(copied).results[0]["reference"]
    edit(copied, "fid_50_test", reference={**reference, "sha256": "0" * 64})
    with pytest.raises(ValueError, match="Expected fid_50_test with reference .*'sha256': '0000"):
        run("evaluate", copied, "--check", "--metrics", "fid")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--metrics", "swd"], "Expected scores that are published .fid_50_test.*received: 'swd'"),
        (["--metrics", "fdi"], "nearest: .*fid"),
        (["--samples", 50, "--seed", 1], "no other choices than --metrics and --runs, received: --samples, --seed"),
    ],
)
def test_wrong_choices_end_in_one_sentence(copied, arguments, message):
    with pytest.raises(ValueError, match=message):
        run("evaluate", copied, "--check", *arguments)


def test_only_presets_with_scores_are_checked(copied, scored):
    with pytest.raises(FileNotFoundError, match="Expected the folder of a preset"):
        run("evaluate", scored[0].parents[1] / "run-1", "--check")
    saving.set_results(copied, [])
    with pytest.raises(ValueError, match="Expected published scores, received: none"):
        run("evaluate", copied, "--check")


def test_means_without_their_values_need_all_runs(copied):
    edit(copied, "fid_50_test", values=None)
    with pytest.raises(ValueError, match="Expected all 2 runs"):
        run("evaluate", copied, "--check", "--metrics", "fid", "--runs", 1)
    assert run("evaluate", copied, "--check", "--metrics", "fid").exit_code == 0


def test_small_values_have_the_tolerance_of_one():
    assert Comparison("kid_10k_test", 0.01, 0.0109).holds and not Comparison("kid_10k_test", 0.01, 0.0111).holds
    assert Comparison("fid_10k_test", 18.0, 18.017).holds and not Comparison("fid_10k_test", 18.0, 18.019).holds
    assert not Comparison("fid_10k_test", 18.0, float("nan")).holds


# ---- Other training seeds


def test_other_training_seeds_stand_beside_the_preset_s_own(copied, scored):
    _, first, second = scored[1]
    run("preset", copied, "--seeds", first, "--seeds", second)
    fid = presets.preset.read(copied).results[0]
    values = [json.loads(path.read_text())[0]["value"] for path in scored[1]]
    assert fid["training_seeds"] == {
        "seeds": [0, 1, 2],
        "values": values,
        "mean": pytest.approx(np.mean(values)),
        "plus_minus": pytest.approx(np.std(values, ddof=1)),
    }
    assert "| metric | mean ± deviation over 3 training seeds | seed 0 | seed 1 | seed 2 |" in card.text(
        presets.preset.read(copied)
    )
    assert zoo_table.SEEDS in zoo_table.table() and "(3)" in zoo_table.table()


def test_results_and_seeds_may_come_together(copied, scored):
    first, *others = scored[1]
    run("preset", copied, "--results", first, *(part for path in others for part in ("--seeds", path)))
    assert all(result["training_seeds"]["seeds"] == [0, 1, 2] for result in presets.preset.read(copied).results)
    assert run("evaluate", copied, "--check", "--metrics", "fid").exit_code == 0


def test_the_same_seed_twice_is_refused(copied, scored):
    own, other, _ = scored[1]
    for files, seeds in (([own], r"\[0, 0\]"), ([other, other], r"\[0, 1, 1\]")):
        with pytest.raises(ValueError, match=f"Expected scores of different training seeds, received: {seeds}"):
            run("preset", copied, *(part for path in files for part in ("--seeds", path)))


@pytest.mark.parametrize("what", ["extractor", "settings", "runs", "reference"])
def test_scores_that_were_measured_otherwise_are_refused(copied, scored, what):
    records = json.loads(scored[1][1].read_text())
    records[0][what] = None
    with pytest.raises(ValueError, match=f"Expected fid_50_test with {what} "):
        training_seeds.combine(presets.preset.read(copied), [records])
    with pytest.raises(ValueError, match="Expected fid_50_test of every training seed, received: none"):
        training_seeds.combine(presets.preset.read(copied), [records[1:]])


# ---- Targets


def test_a_miss_is_named_in_the_card_and_below_the_table(copied):
    found = presets.preset.read(copied)
    found.data["name"] = "mnist"
    found.results = [
        {"metric": "recall_10k_test", "value": 0.21},
        {"metric": "label_accuracy_10k_test", "value": 0.96},
        {"metric": "classes_10k_test", "value": 9.0},
        {"metric": "fid_10k_test", "value": 900.0},
    ]
    saving.write(found, copied)
    sentences = ["`recall_10k_test` is 0.21, below 0.3", "`classes_10k_test` is 9, below 10"]
    assert [str(miss) for miss in targets.misses(found)] == sentences
    for sentence in sentences:
        assert f"- It misses a target of the zoo: {sentence}." in card.text(found)
        assert f"- [`mlp_digits`](zoo/mlp_digits/card.md): {sentence}" in zoo_table.table()


@pytest.mark.parametrize(("best", "missed"), [(4.3, False), (4.4, True)])
def test_the_best_fid_should_be_near_the_floor(copied, best, missed):
    found = presets.preset.read(copied)
    found.data["name"] = "mnist"
    found.results = [{"metric": "fid_10k_test", "value": best, "floor": 0.66}]
    saving.write(found, copied)
    worse = dataclasses.replace(found, name="worse", results=[{**found.results[0], "value": 90.0}])
    sentence = targets.best_miss([worse, found])
    assert sentence == ("the best FID on mnist, 4.4 of `mlp_digits`, is above 2 x 0.66 + 3 = 4.32" if missed else None)
    assert ("- the best FID on mnist" in zoo_table.table()) == missed


def test_data_without_targets_are_not_missed(copied):
    found = presets.preset.read(copied)
    found.results = [{"metric": "recall_10k_test", "value": 0.0}]
    assert targets.misses(found) == [] and "Known misses" not in zoo_table.table()
