"""A preset gives back the game that was saved, or says in one sentence why not."""

import json
import shutil

import keras
import numpy as np
import pytest
from keras.src.saving import serialization_lib

import keras_gans
from keras_gans import presets
from keras_gans.presets import probe, zoo
from keras_gans.testing import tiny


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """A preset's folder, and the game that it was made of."""
    game = tiny.game(keras_gans.WGANGP, discriminator_steps=2)
    game.fit(tiny.images(16), batch_size=4, verbose=0)
    folder = tmp_path_factory.mktemp("presets") / "tiny_wgan_gp"
    presets.save_to_preset(game, folder, data={"name": "digits", "split": "train", "image_size": [8, 8]})
    return folder, game


@pytest.fixture
def copied(saved, tmp_path):
    """A copy of it to spoil."""
    return shutil.copytree(saved[0], tmp_path / saved[0].name)


def edit(folder, **changes):
    path = folder / "preset.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **changes}))


def refused(folder, match, error=ValueError):
    with pytest.raises(error, match=match) as caught:
        presets.from_preset(folder)
    assert "\n" not in str(caught.value)


# ---- What is saved comes back.


def test_same_files_in_every_preset(saved):
    names = {path.name for path in saved[0].iterdir()}
    assert names == {"preset.json", "card.md", "samples.png", "generator.weights.h5", "discriminator.weights.h5"}
    assert [path.name for path in saved[0].parent.iterdir()] == ["tiny_wgan_gp"]


def test_networks_and_recipe_come_back_whatever_was_built_before(saved):
    folder, game = saved
    for _ in range(2):
        tiny.game(keras_gans.NSGAN)
    loaded = presets.from_preset(folder)
    np.testing.assert_array_equal(loaded.sample(8), game.sample(8))
    images = tiny.images(4)
    np.testing.assert_array_equal(loaded.discriminator(images), game.discriminator(images))
    assert loaded.discriminator_steps == 2 and loaded.penalties[0].weight == game.penalties[0].weight
    assert type(loaded) is keras_gans.WGANGP and loaded.name == "tiny_wgan_gp"
    loaded.fit(images, batch_size=2, verbose=0)


def test_saving_again_gives_the_same_description(saved, tmp_path):
    again = presets.save_to_preset(presets.from_preset(saved[0]), tmp_path / "tiny_wgan_gp")
    first = presets.preset.read(saved[0])
    for field in ("model", "recipe", "files", "probe"):
        assert getattr(again, field) == getattr(first, field)


def test_averaged_weights_are_what_is_saved(tmp_path):
    game = tiny.game(keras_gans.NSGAN, ema_momentum=0.9)
    game.fit(tiny.images(32), batch_size=4, verbose=0)
    presets.save_to_preset(game, tmp_path / "averaged")
    loaded = presets.from_preset(tmp_path / "averaged")
    np.testing.assert_array_equal(loaded.sample(8), game.sample(8))
    averaged, live = loaded.generator.get_weights(), game.generator.get_weights()
    assert any(not np.array_equal(one, other) for one, other in zip(averaged, live))


def test_the_probe_holds_after_loading_and_fails_for_other_weights(saved):
    golden = presets.preset.read(saved[0]).probe
    loaded = presets.from_preset(saved[0])
    probe.compare(golden, probe.draw(loaded, golden))
    loaded.generator.set_weights([1.1 * weight for weight in loaded.generator.get_weights()])
    with pytest.raises(ValueError, match="Expected samples whose"):
        probe.compare(golden, probe.draw(loaded, golden))


def test_facts_are_read_off_the_game(saved):
    preset = presets.preset.read(saved[0])
    assert preset.reference == "arXiv:1704.00028"
    assert preset.title == "WGANGP on digits"
    assert preset.run["keras"] == keras.__version__


# ---- What is damaged, foreign or missing is refused.


@pytest.mark.parametrize("name", ["generator.weights.h5", "discriminator.weights.h5"])
def test_truncated_weights_are_refused(copied, name):
    (copied / name).write_bytes((copied / name).read_bytes()[:-1])
    refused(copied, rf"Expected .*{name} with .* bytes and sha256 .*it is damaged")


def test_one_flipped_bit_is_refused(copied):
    content = bytearray((copied / "generator.weights.h5").read_bytes())
    content[len(content) // 2] ^= 1
    (copied / "generator.weights.h5").write_bytes(content)
    refused(copied, "generator.weights.h5 with")


def test_damaged_weights_are_not_opened(copied, monkeypatch):
    (copied / "generator.weights.h5").write_bytes(b"not weights")
    monkeypatch.setattr(keras.Model, "load_weights", lambda *arguments: pytest.fail("opened"))
    refused(copied, "it is damaged")


def test_weights_of_another_network_are_refused(copied, tmp_path):
    other = tiny.generator(batch_normalization=False, latent_dim=5)
    other.save_weights(copied / "generator.weights.h5")
    description = json.loads((copied / "preset.json").read_text())
    description["files"]["generator.weights.h5"] = presets.integrity.describe(copied / "generator.weights.h5")
    edit(copied, files=description["files"])
    refused(copied, "Expected a game of this version of keras_gans in")


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ('{"schema": 1, "name": ', "JSON that ends or breaks at line 1"),
        ("[]", "JSON of something else"),
        ("[" * 100_000, "JSON that is nested too deeply"),
        ('{"schema": 2}', "schema 2: this version of keras_gans reads 1"),
        ('{"schema": 1, "name": "x"}', "a description that lacks data, files"),
        ("\xff\x00", "Expected a preset's description"),
    ],
)
def test_another_description_is_refused(copied, text, match):
    (copied / "preset.json").write_bytes(text.encode("latin-1"))
    refused(copied, match)


def test_unknown_and_wrong_entries_are_refused(copied):
    edit(copied, more=1)
    refused(copied, "also has more")


def test_wrong_types_are_refused(copied):
    edit(copied, files=["generator.weights.h5"])
    refused(copied, "files=")


def test_a_missing_file_is_named(copied):
    (copied / "discriminator.weights.h5").unlink()
    refused(copied, "Expected the file discriminator.weights.h5 in", FileNotFoundError)


def test_a_description_without_weights_is_refused(copied):
    edit(copied, files={})
    refused(copied, "Expected a preset with discriminator.weights.h5, generator.weights.h5")


@pytest.mark.parametrize("name", ["../generator.weights.h5", "/etc/passwd"])
def test_files_outside_the_folder_are_refused(copied, name):
    files = json.loads((copied / "preset.json").read_text())["files"]
    edit(copied, files={**files, name: files["generator.weights.h5"]})
    refused(copied, "which leads out of it")


def test_links_out_of_the_folder_are_refused(copied, tmp_path):
    (copied / "generator.weights.h5").rename(tmp_path / "elsewhere.weights.h5")
    (copied / "generator.weights.h5").symlink_to(tmp_path / "elsewhere.weights.h5")
    refused(copied, "which leads out of it")


def test_code_is_refused_even_where_keras_would_run_it(copied):
    model = json.loads((copied / "preset.json").read_text())["model"]
    layers = model["config"]["generator"]["config"]["layers"]
    layers.append(keras.saving.serialize_keras_object(keras.layers.Lambda(lambda x: x)))
    edit(copied, model=model)
    with serialization_lib.SafeModeScope(False):
        refused(copied, "Expected a preset without code, received: a Lambda")


def test_other_classes_are_refused(copied):
    model = json.loads((copied / "preset.json").read_text())["model"]
    edit(copied, model={**model, "module": "subprocess", "class_name": "Popen", "registered_name": "Popen"})
    refused(copied, "Expected a game of this version")


@pytest.mark.parametrize(
    "model",
    [{}, {"class_name": []}, keras.saving.serialize_keras_object(keras.layers.Dense(1))],
    ids=["nothing", "junk", "layer"],
)
def test_what_is_no_game_is_refused(copied, model):
    edit(copied, model=model)
    refused(copied, "Expected a game of this version")


# ---- Saving leaves nothing half done.


def test_a_preset_is_not_overwritten_without_being_told(copied):
    before = {path.name: path.read_bytes() for path in copied.iterdir()}
    game = tiny.game(keras_gans.NSGAN)
    with pytest.raises(FileExistsError, match="choose another name, or overwrite"):
        presets.save_to_preset(game, copied)
    assert {path.name: path.read_bytes() for path in copied.iterdir()} == before
    presets.save_to_preset(game, copied, overwrite=True)
    assert type(presets.from_preset(copied)) is keras_gans.NSGAN
    assert [path.name for path in copied.parent.iterdir()] == [copied.name]


def test_other_folders_are_never_overwritten(tmp_path):
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "thesis.tex").touch()
    with pytest.raises(FileExistsError, match="choose another name"):
        presets.save_to_preset(tiny.game(keras_gans.NSGAN), tmp_path / "thesis", overwrite=True)
    assert (tmp_path / "thesis" / "thesis.tex").exists()


def test_a_failure_leaves_what_was_there(copied, monkeypatch):
    before = {path.name: path.read_bytes() for path in copied.iterdir()}
    monkeypatch.setattr(presets.saving.probe, "measure", lambda model: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        presets.save_to_preset(tiny.game(keras_gans.NSGAN), copied, overwrite=True)
    assert {path.name: path.read_bytes() for path in copied.iterdir()} == before
    assert [path.name for path in copied.parent.iterdir()] == [copied.name]


def test_games_with_code_are_not_saved(tmp_path):
    generator = keras.Sequential([tiny.generator(), keras.layers.Lambda(lambda x: x)])
    game = keras_gans.NSGAN(generator, tiny.discriminator())
    game.compile()
    with pytest.raises(ValueError, match="a Lambda in it"):
        presets.save_to_preset(game, tmp_path / "coded")
    assert not list(tmp_path.iterdir())


def test_games_without_a_recipe_are_not_saved(tmp_path):
    game = keras_gans.NSGAN(tiny.generator(), tiny.discriminator())
    with pytest.raises(ValueError, match="Expected a compiled game"):
        presets.save_to_preset(game, tmp_path / "bare")


@pytest.mark.parametrize("name", ["Zoo", "a-b", ".hidden", "a b"])
def test_names_are_plain(tmp_path, name):
    with pytest.raises(ValueError, match="small letters, digits and underscores"):
        presets.save_to_preset(tiny.game(keras_gans.NSGAN), tmp_path / name)


# ---- Names.


@pytest.fixture
def small_zoo(saved, tmp_path, monkeypatch):
    """A zoo of one preset."""
    folder = tmp_path / "zoo"
    shutil.copytree(saved[0], folder / saved[0].name)
    monkeypatch.setattr(zoo, "zoo_path", lambda: folder)
    return folder


def test_names_are_of_the_zoo(small_zoo):
    assert presets.names() == ["tiny_wgan_gp"]
    assert presets.from_preset("tiny_wgan_gp").name == "tiny_wgan_gp"
    assert presets.trained_on("tiny_wgan_gp") == "digits"


def test_an_unknown_name_lists_the_nearest(small_zoo):
    with pytest.raises(ValueError, match="received: 'tiny_wgan' .nearest: tiny_wgan_gp; all: tiny_wgan_gp"):
        presets.from_preset("tiny_wgan")


@pytest.mark.parametrize("name", ["../outside", "/outside", "tiny_wgan_gp/../../outside", "linked", ""])
def test_names_do_not_leave_the_zoo(small_zoo, saved, name):
    outside = shutil.copytree(saved[0], small_zoo.parent / "outside")
    (small_zoo / "linked").symlink_to(outside)
    assert presets.names() == ["tiny_wgan_gp"]
    with pytest.raises(ValueError, match="Expected the name of a preset"):
        presets.from_preset(name)
