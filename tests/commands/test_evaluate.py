"""`keras-gans evaluate`, as people type it who have a run, a preset, or only folders of images."""

import json

import keras
import numpy as np
import pytest
from PIL import Image

import keras_gans
from keras_gans import data, runs
from keras_gans.commands.evaluate import _Bars
from keras_gans.configuration import resolve
from tests import command_line


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("KERAS_GANS_CACHE", str(tmp_path / "cache"))


def run(*arguments):
    return command_line.run("evaluate", *arguments).output


def write(folder, images):
    folder.mkdir(parents=True)
    for index, image in enumerate(images):
        Image.fromarray(image.squeeze()).save(folder / f"{index:04d}.png")
    return folder


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    path = tmp_path_factory.mktemp("run")
    small = resolve("ns_gan", "mlp", "digits", epochs=1, settings=["generator.hidden=[8]", "discriminator.hidden=[8]"])
    runs.train(small, path, verbose=0)
    return path


def test_a_run_is_scored_against_what_it_was_trained_on(trained, tmp_path):
    output = run(trained, "--metrics", "fid,is,recall_200_train", "--samples", 100, "--json", tmp_path / "new/out.json")
    assert f"{trained} against digits (test); digits_classifier@" in output.replace("\n", "")
    records = json.loads((tmp_path / "new" / "out.json").read_text())
    assert [record["metric"] for record in records] == ["fid_100_test", "is_100_test", "recall_200_train"]
    assert records[0]["generated"] == {"source": str(trained), "seeds": [0, 100], "training_seed": 0}
    assert records[0]["reference"]["data"] == "digits" and records[1]["reference"] is None
    assert records[0]["command"].startswith("keras-gans")
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["out.json"]
    (expected,) = keras_gans.evaluation.evaluate(
        keras_gans.load_run(trained), ["fid_100_test"], "digits", "digits_classifier", cache=tmp_path / "again"
    )
    assert records[0]["value"] == pytest.approx(expected.value, rel=1e-9)


def test_several_runs_give_a_spread(trained, tmp_path):
    run(trained, "--metrics", "fid", "--samples", 50, "--runs", 3, "--seed", 5, "--json", tmp_path / "out.json")
    (record,) = json.loads((tmp_path / "out.json").read_text())
    assert record["runs"] == 3 and record["plus_minus"] > 0 and record["generated"]["seeds"] == [5, 155]


def test_a_folder_against_a_data_set(tmp_path):
    folder = write(tmp_path / "mine", data.arrays("digits", "train")[0][:60])
    output = run("--images", folder, "--against", "digits", "--metrics", "fid,pr")
    assert "fid_60_test" in output and "recall_60_test" in output and "digits_classifier@" in output


def test_a_folder_against_a_folder_with_a_network_of_the_user_s(tmp_path):
    colours = np.random.default_rng(0).integers(0, 256, (12, 10, 14, 3), dtype=np.uint8)
    mine, theirs = write(tmp_path / "mine", colours[:6]), write(tmp_path / "theirs", colours[6:])
    network = keras.Sequential([keras.Input((8, 8, 3)), keras.layers.Conv2D(4, 3, name="maps")], name="mine")
    network.save(tmp_path / "mine.keras")
    extractor = ("--extractor", f"{tmp_path}/mine.keras:maps")
    output = run("--images", mine, "--against", theirs, *extractor, "--metrics", "fid", "--image-size", 8)
    assert "fid_6_train" in output and "mine@" in output


def test_images_themselves_need_no_network(tmp_path):
    greys = np.random.default_rng(0).integers(0, 256, (12, 16, 16), dtype=np.uint8)
    mine, theirs = write(tmp_path / "mine", greys[:6]), write(tmp_path / "theirs", greys[6:])
    assert "swd_6_train" in run("--images", mine, "--against", theirs, "--metrics", "swd")


def test_bars_count_what_is_read():
    with _Bars() as bars:
        for what in ("reference", "generated", "generated"):
            for done in (10, 20):
                bars(what, done, 20)
        tasks = [(task.description, task.completed, task.total) for task in bars.tasks]
    assert tasks == [("reference images", 20, 20), ("generated images", 20, 20), ("generated images", 20, 20)]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "Expected either a run .or preset. or --images FOLDER"),
        (["here", "--images", "there"], "Expected either a run"),
        (["--images", "digits"], "Expected --against"),
        (["no/such/run"], "Expected .*received: 'no/such/run'"),
        (["--images", "/no/such/folder", "--against", "digits"], "Expected an existing folder"),
        (["--images", "digits", "--against", "/no/such/folder"], "Expected an existing folder"),
        (["--images", "digits", "--against", "digits", "--metrics", "fid,kdi"], "nearest: .*kid"),
        (["--images", "digits", "--against", "digits", "--samples", 300], "at least 300 images .*received: 297"),
        (["--images", "digits", "--against", "digits", "--split", "dev"], "received: split='dev'"),
        (["--images", "digits", "--against", "digits", "--runs", 2], "Expected a model for more than one run"),
        (["--images", "digits", "--against", "digits", "--extractor", "minst"], "registered extractor"),
        (["--images", "digits", "--against", "digits", "--image-size", 8, "--metrics", "fid"], "received: shape="),
        (["--images", "triangles", "--against", "triangles"], "the zoo has no triangles_classifier"),
    ],
)
def test_wrong_arguments_end_in_one_sentence(arguments, message, tmp_path):
    with pytest.raises((ValueError, OSError), match=message) as error:
        run(*arguments, "--json", tmp_path / "out.json")
    assert "\n" not in str(error.value)
    assert not (tmp_path / "out.json").exists()


def test_a_folder_without_images_is_named(tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(ValueError, match="Expected images .*received: none"):
        run("--images", tmp_path / "empty", "--against", "digits")
