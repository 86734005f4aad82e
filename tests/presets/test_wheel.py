"""Presets and extractors travel in the wheel and are found from anywhere."""

import os
import pathlib
import shutil
import subprocess
import sys
import zipfile

import pytest

import keras_gans
from keras_gans import presets
from keras_gans.testing import tiny

ROOT = pathlib.Path(__file__).parents[2]
LOAD = """
import keras_gans, numpy
from keras_gans import presets
from keras_gans.metrics import extractors
from keras_gans.presets import preset, probe

print(keras_gans.__file__)
print(*presets.names())
golden = preset.read(presets.zoo_path() / "tiny_wgan_gp").probe
probe.compare(golden, probe.draw(presets.from_preset("tiny_wgan_gp"), golden))
print(extractors.get("digits_classifier").activations(numpy.zeros((1, 28, 28, 1), "uint8")).logits.shape)
"""


@pytest.fixture(scope="module")
def source_tree(tmp_path_factory):
    """A copy of what a wheel is built from, with one preset more, so that nothing is written into the checkout."""
    folder = tmp_path_factory.mktemp("source")
    for name in ("setup.cfg", "pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, folder)
    ignored = shutil.ignore_patterns("__pycache__")
    for name in ("keras_gans", "zoo"):
        shutil.copytree(ROOT / name, folder / name, symlinks=True, ignore=ignored)
    presets.save_to_preset(tiny.game(keras_gans.WGANGP), folder / "zoo" / "tiny_wgan_gp")
    return folder


def build(source_tree, what, out):
    code = f"from setuptools import build_meta; print(build_meta.build_{what}({os.fspath(out)!r}))"
    done = subprocess.run([sys.executable, "-c", code], cwd=source_tree, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return out / done.stdout.split()[-1]


@pytest.fixture(scope="module")
def wheel(source_tree, tmp_path_factory):
    """Built as from a published source: first the sdist, then the wheel from it alone."""
    out = tmp_path_factory.mktemp("built")
    archive = build(source_tree, "sdist", out)
    shutil.unpack_archive(archive, out)
    return build(out / archive.name.removesuffix(".tar.gz"), "wheel", out)


def test_every_file_of_the_zoo_is_in_the_wheel(source_tree, wheel):
    expected = {
        f"keras_gans/{path.relative_to(source_tree)}" for path in source_tree.glob("zoo/*/**/*") if path.is_file()
    }
    assert expected and expected <= set(zipfile.ZipFile(wheel).namelist())


def test_installed_and_loaded_from_another_folder(wheel, tmp_path):
    site, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    elsewhere.mkdir()
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", site, wheel]
    subprocess.run(install, check=True, cwd=elsewhere)
    environment = {**os.environ, "PYTHONPATH": os.fspath(site)}
    done = subprocess.run([sys.executable, "-c", LOAD], cwd=elsewhere, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    where, names, shape = done.stdout.splitlines()
    assert pathlib.Path(where).is_relative_to(site)
    assert "tiny_wgan_gp" in names.split()
    assert shape == "(1, 10)"
