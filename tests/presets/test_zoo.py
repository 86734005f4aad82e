"""Every preset of the zoo passes every check, and what is generated of them is up to date."""

import pathlib
import shutil

import numpy as np
import pytest
from PIL import Image

import keras_gans
from keras_gans import presets
from keras_gans.presets import zoo, zoo_table
from keras_gans.testing import tiny
from keras_gans.testing.checks.preset_checks import preset_checks

README = pathlib.Path(__file__).parents[2] / "README.md"
CHECKS = [(name, check, run) for name in presets.names() for check, run in preset_checks(presets.zoo_path() / name)]


@pytest.mark.parametrize("run", [pytest.param(run, id=f"{name}-{check}") for name, check, run in CHECKS])
def test_preset(run):
    run()


@pytest.mark.parametrize("name", presets.names())
def test_presets_are_small(name):
    megabytes = sum(path.stat().st_size for path in (presets.zoo_path() / name).iterdir()) / 1e6
    # The lectures' network is kept as large as the lectures have it.
    assert megabytes < (20 if name.startswith("dcgan_lecture_") else 5)


def test_the_zoo_is_small():
    assert sum(path.stat().st_size for path in presets.zoo_path().rglob("*") if path.is_file()) < 90e6


def test_cards_and_the_readme_are_up_to_date():
    assert zoo_table.stale(README) == [], "run keras-gans preset --refresh"


# ---- The checks and the table themselves, on a small zoo.


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("zoo") / "tiny_wgan_gp"
    presets.save_to_preset(tiny.game(keras_gans.WGANGP), folder)
    return folder


@pytest.fixture
def small_zoo(made, tmp_path, monkeypatch):
    shutil.copytree(made, tmp_path / "zoo" / made.name)
    monkeypatch.setattr(zoo, "zoo_path", lambda: tmp_path / "zoo")
    (tmp_path / "README.md").write_text("Before.\n\n<!-- zoo -->\n<!-- /zoo -->\n\nAfter.\n")
    return tmp_path / "zoo"


def spoil_files(folder):
    (folder / "notes.txt").touch()


def spoil_weights(folder):
    (folder / "generator.weights.h5").write_bytes(b"")


def spoil_probe(folder):
    found = presets.preset.read(folder)
    found.probe["mean"][0] += 0.01
    presets.saving.write(found, folder)


def spoil_picture(folder):
    picture = np.asarray(Image.open(folder / "samples.png")).copy()
    picture[0, 0] ^= 8
    Image.fromarray(picture).save(folder / "samples.png")


def spoil_card(folder):
    (folder / "card.md").write_text("The best GAN.\n")


@pytest.mark.parametrize(
    ("spoil", "fails"),
    [
        (lambda folder: None, None),
        (spoil_files, "same_files"),
        (spoil_weights, "whole"),
        (spoil_probe, "golden_sample"),
        (spoil_picture, "same_picture"),
        (spoil_card, "same_card"),
    ],
)
def test_checks_pass_and_fail(small_zoo, made, spoil, fails):
    folder = small_zoo / made.name
    spoil(folder)
    failed = []
    for name, check in preset_checks(folder):
        try:
            check()
        except (AssertionError, OSError, ValueError):
            failed.append(name)
    assert failed[:1] == ([] if fails is None else [fails])


def test_the_table_and_the_cards_follow_the_presets(small_zoo, made):
    readme, folder = small_zoo.parent / "README.md", small_zoo / made.name
    assert zoo_table.refresh(readme) == [readme]
    assert zoo_table.stale(readme) == []
    assert "[`tiny_wgan_gp`](zoo/tiny_wgan_gp/card.md) | [1704.00028](https://arxiv.org/abs/1704.00028)" in (
        readme.read_text()
    )
    assert readme.read_text().startswith("Before.") and readme.read_text().endswith("After.\n")
    result = {"metric": "fid_10k_test", "value": 12.345, "plus_minus": 0.12, "runs": 3, "extractor": "x@1"}
    presets.saving.set_results(folder, [result])
    assert "| `fid_10k_test` | 12.35 | 0.12 | 3 |" in (folder / "card.md").read_text()
    assert zoo_table.stale(readme) == [readme]
    (folder / "card.md").write_text("")
    assert set(zoo_table.refresh(readme)) == {readme, folder / "card.md"}
    assert "| 12.3 ± 0.12 |" in readme.read_text()
    assert zoo_table.stale(readme) == []


def test_a_readme_without_markers_is_left_alone(small_zoo):
    readme = small_zoo.parent / "README.md"
    readme.write_text("No table.\n")
    assert zoo_table.refresh(readme) == []
    assert readme.read_text() == "No table.\n"
