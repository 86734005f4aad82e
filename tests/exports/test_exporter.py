"""Version directories appear whole or not at all, and never twice."""

import concurrent.futures
import os
import subprocess
import sys

import keras
import numpy as np
import pytest
import tensorflow as tf

import keras_gans
from keras_gans import exports, presets
from keras_gans.exports import exporter, warmup
from keras_gans.testing import tiny


def contents(folder):
    return sorted(path.name for path in folder.iterdir())


def test_versions_count_up_and_are_never_overwritten(game, tmp_path):
    assert exports.export(game, tmp_path, version=3, verify=False).name == "3"
    (tmp_path / "0009").mkdir()  # A server reads this as version 9.
    assert exports.export(game, tmp_path, verify=False).name == "10"
    before = (tmp_path / "3" / "saved_model.pb").stat()
    for version in (3, 9):
        with pytest.raises(FileExistsError, match=f"not there yet, received: .*{version}"):
            exports.export(game, tmp_path, version=version)
    assert (tmp_path / "3" / "saved_model.pb").stat() == before
    assert contents(tmp_path) == ["0009", "10", "3"]


@pytest.mark.parametrize("version", [0, -1, True, "2", 1.0])
def test_other_versions_are_refused(game, tmp_path, version):
    with pytest.raises(ValueError, match="Expected an integer of at least 1"):
        exports.export(game, tmp_path, version=version)


def test_a_server_may_read_what_is_exported(game, tmp_path):
    folder = exports.export(game, tmp_path, verify=False)
    umask = os.umask(0)
    os.umask(umask)
    assert folder.stat().st_mode & 0o777 == 0o777 & ~umask


def test_a_failure_leaves_nothing(game, tmp_path, monkeypatch):
    def fail(*arguments):
        raise OSError("no space left")

    monkeypatch.setattr(warmup, "write", fail)
    with pytest.raises(OSError, match="no space left"):
        exports.export(game, tmp_path)
    assert contents(tmp_path) == []


def test_a_broken_export_takes_no_number(game, tmp_path, monkeypatch):
    monkeypatch.setattr(warmup, "write", lambda *arguments: None)
    with pytest.raises(ValueError, match="received one that fails. warm-up: Expected recorded requests"):
        exports.export(game, tmp_path)
    assert contents(tmp_path) == []


def test_a_killed_export_leaves_no_version(tmp_path):
    """The process ends with no chance to clean up; the next export takes the number that it would have had."""
    code = f"""
import os, keras_gans
from keras_gans import exports, presets
from keras_gans.exports import warmup
from keras_gans.testing import tiny
warmup.write = lambda *arguments: os._exit(9)
exports.export(tiny.game(keras_gans.NSGAN), {str(tmp_path)!r})
"""
    assert subprocess.run([sys.executable, "-c", code], stderr=subprocess.DEVNULL).returncode == 9
    (left,) = contents(tmp_path)
    assert left.startswith(".part-") and not left.isdecimal()
    assert exporter.taken(tmp_path) == set()
    assert exports.export(tiny.game(keras_gans.NSGAN), tmp_path, verify=False).name == "1"


def test_exports_at_the_same_time_get_numbers_of_their_own(tmp_path):
    folders = [tmp_path / f".part-{index}" for index in range(40)]
    for index, folder in enumerate(folders):
        folder.mkdir()
        (folder / "saved_model.pb").write_text(str(index))
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        published = list(pool.map(lambda folder: exporter.publish(folder, tmp_path), folders))
    assert sorted(int(path.name) for path in published) == list(range(1, 41))
    assert [(path / "saved_model.pb").read_text() for path in published] == [str(index) for index in range(40)]


def test_of_two_exports_of_one_version_the_second_is_refused(tmp_path):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "saved_model.pb").write_text(name)
    exporter.publish(tmp_path / "a", tmp_path, 3)
    with pytest.raises(FileExistsError, match="not there yet"):
        exporter.publish(tmp_path / "b", tmp_path, 3)
    assert (tmp_path / "3" / "saved_model.pb").read_text() == "a"


def test_nan_is_not_exported(tmp_path):
    model = tiny.game(keras_gans.NSGAN)
    model.generator.set_weights([weight * np.nan for weight in model.generator.get_weights()])
    with pytest.raises(ValueError, match="Expected finite outputs"):
        exports.export(model, tmp_path)
    assert contents(tmp_path) == []


def test_a_game_built_under_a_strategy_is_exported(tmp_path):
    devices = tf.config.list_logical_devices("CPU")
    with tf.distribute.MirroredStrategy([devices[0].name]).scope():
        model = tiny.game(keras_gans.NSGAN)
    exports.export(model, tmp_path)


def test_networks_in_bfloat16_give_float32(tmp_path):
    with_policy = {"dtype": "mixed_bfloat16"}
    layers = [keras.layers.Dense(64, activation="tanh", **with_policy), keras.layers.Reshape((8, 8, 1), **with_policy)]
    generator = keras.Sequential([keras.Input((tiny.LATENT_DIM,)), *layers])
    discriminator = keras.Sequential(
        [keras.Input((8, 8, 1)), keras.layers.Flatten(), keras.layers.Dense(1, **with_policy)]
    )
    model = keras_gans.NSGAN(generator, discriminator)
    model.compile(jit_compile=True)
    folder = exports.export(model, tmp_path)
    assert "arithmetic in bfloat16" in (folder / "assets.extra" / "model_card.md").read_text()
    loaded = tf.saved_model.load(str(folder))
    latents = np.ones((2, tiny.LATENT_DIM), "float32")
    images = loaded.signatures["generate"](latents=tf.constant(latents))["images"]
    assert images.dtype == tf.float32
    np.testing.assert_allclose(images, np.asarray(generator(latents), "float32"), atol=0.02)


def test_a_preset_is_exported_by_its_folder(tmp_path):
    """The preset's golden sample is found again in the export."""
    model = tiny.game(keras_gans.NSGAN)
    description = presets.save_to_preset(model, tmp_path / "small")
    folder = exports.export(tmp_path / "small", tmp_path / "exports" / "small")
    sample = tf.saved_model.load(str(folder)).signatures["sample"]
    images = sample(seed=tf.constant(description.probe["seed"], tf.int64))["images"].numpy()
    presets.probe.compare(description.probe, images)


def test_a_model_card_lies_beside_it(exported):
    text = (exported / "assets.extra" / "model_card.md").read_text()
    for part in ("# tiny", "arXiv:1406.2661", "| `sample_png` |", "averaged over training", '"seed": [0, 1, 2, 3]'):
        assert part in text


def test_what_is_no_run_or_preset_is_refused(tmp_path):
    with pytest.raises((OSError, ValueError), match="received: '?nowhere"):
        exports.export("nowhere", tmp_path)
