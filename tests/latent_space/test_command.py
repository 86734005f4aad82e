"""The commands, as they are typed, on a run of tiny networks."""

import numpy as np
import pytest
from PIL import Image
from typer.testing import CliRunner

import keras_gans
from keras_gans import runs
from keras_gans.cli import app
from keras_gans.configuration import resolve

SETTINGS = ["generator.hidden=[8]", "discriminator.hidden=[8]"]


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    folder = tmp_path_factory.mktemp("runs") / "small"
    runs.train(resolve("ns_gan", "mlp", "digits", epochs=1, settings=SETTINGS), folder, verbose=0)
    return folder


def latent(*arguments):
    result = CliRunner().invoke(app, ["latent", *(part for argument in arguments for part in str(argument).split())])
    if result.exception is not None:
        raise result.exception
    return result.output


def cells(path, rows, columns, frame=0):
    """Images `(rows, columns, 28, 28)` of a gray or framed sheet."""
    picture = np.asarray(Image.open(path).convert("L"))
    picture = picture[frame : picture.shape[0] - frame, frame : picture.shape[1] - frame]
    assert picture.shape == (30 * rows - 2, 30 * columns - 2)
    padded = np.pad(picture, [(0, 2), (0, 2)])
    return padded.reshape(rows, 30, columns, 30).swapaxes(1, 2)[:, :, :28, :28]


def test_interpolate(run, tmp_path):
    output = latent("interpolate", run, "--seeds 3,5,8 --steps 4 --path linear --out", tmp_path / "walk.png")
    assert "2 rows of 4" in output and Image.open(tmp_path / "walk.gif").n_frames == 6
    drawn = cells(tmp_path / "walk.png", 2, 4)
    samples = keras_gans.load_run(run).sample(seeds=[3, 5, 8])[..., 0]
    np.testing.assert_array_equal(drawn[:, [0, -1]], np.stack([samples[:-1], samples[1:]], axis=1))


def test_arithmetic(run, tmp_path):
    latent("arithmetic", run, "--first 1,2,3 --minus 4,5,6 --plus 4,5,6 --out", tmp_path / "sum.png")
    drawn = cells(tmp_path / "sum.png", 4, 4).astype(int)
    assert np.abs(drawn[:, 0] - drawn[:, 3]).max() <= 1


def test_direction(run, tmp_path):
    arguments = "--toward 1 --samples 300 --seeds 0:2 --strengths 0,2 --out"
    latent("direction", run, arguments, tmp_path / "direction.png")
    drawn = cells(tmp_path / "direction.png", 2, 2)
    np.testing.assert_array_equal(drawn[:, 0], keras_gans.load_run(run).sample(2)[..., 0])
    assert (drawn[:, 0] != drawn[:, 1]).any()


def test_truncation(run, tmp_path):
    latent("truncation", run, "--seeds 0:2 --thresholds 0.5,1,2 --out", tmp_path / "truncation.png")
    cells(tmp_path / "truncation.png", 2, 3)


@pytest.mark.parametrize("extractor", ["", "--extractor digits_classifier"])
def test_neighbours(run, tmp_path, extractor):
    latent("neighbours", run, "--seeds 0:4 --columns 2 --out", tmp_path / "near.png", extractor)
    real, _ = keras_gans.data.arrays("digits")
    drawn = cells(tmp_path / "near.png", 2, 3, frame=2)
    assert all((image == real[..., 0]).all(axis=(1, 2)).any() for image in drawn[:, 2])


@pytest.mark.parametrize("chosen", ["-n 2", "--seeds 0:2"])
def test_invert(run, tmp_path, chosen):
    output = latent("invert", run, chosen, "--steps 5 --restarts 1 --out", tmp_path / "inversion.png")
    assert "distances: " in output
    model = keras_gans.load_run(run)
    expected = model.sample(2) if "seeds" in chosen else keras_gans.data.arrays("digits")[0][:2]
    np.testing.assert_array_equal(cells(tmp_path / "inversion.png", 2, 2)[0], expected[..., 0])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("truncation {run} --thresholds 1,x", "received: thresholds='1,x'"),
        ("interpolate {run} --path line", "nearest: linear"),
        ("direction {run} --toward 3 --extractor digit_classifier", "nearest: digits_classifier"),
        ("neighbours {run} --labels 1", "Expected no labels"),
    ],
)
def test_wrong_arguments_end_in_one_sentence(run, arguments, message):
    with pytest.raises(ValueError, match=message):
        latent(arguments.format(run=run))
