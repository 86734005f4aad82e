import numpy as np
import pytest
from PIL import Image

from keras_gans import images, plots


def test_bytes_survive_the_round_trip():
    values = np.arange(256, dtype="uint8").reshape(1, 16, 16, 1)
    np.testing.assert_array_equal(np.asarray(images.to_uint8(images.to_float(values))), values)


def test_out_of_range_values_are_clipped():
    np.testing.assert_array_equal(np.asarray(images.to_uint8(np.float32([-1.5, -1, 0, 1, 1.5]))), [0, 0, 128, 255, 255])


def test_grid_places_images_row_by_row():
    cells = np.arange(1, 4, dtype="uint8").reshape(3, 1, 1, 1) * np.ones((3, 2, 2, 1), "uint8")
    expected = [[1, 1, 255, 2, 2], [1, 1, 255, 2, 2], [255] * 5, [3, 3, 255, 255, 255], [3, 3, 255, 255, 255]]
    np.testing.assert_array_equal(images.grid(cells)[..., 0], expected)


@pytest.mark.parametrize("wrong", [np.zeros((0, 2, 2, 1), "uint8"), np.zeros((1, 2, 2, 1)), np.zeros((2, 2), "uint8")])
def test_grid_refuses(wrong):
    with pytest.raises(ValueError, match="Expected at least one image, uint8"):
        images.grid(wrong)


@pytest.mark.parametrize("channels", [1, 3])
def test_png_round_trip(tmp_path, channels):
    picture = np.random.default_rng(0).integers(0, 256, (5, 7, channels)).astype("uint8")
    path = images.save_png(str(tmp_path / "deep" / "picture.png"), picture)
    np.testing.assert_array_equal(np.asarray(Image.open(path)).reshape(picture.shape), picture)
    assert [file.name for file in (tmp_path / "deep").iterdir()] == ["picture.png"]


def test_plots_are_pictures(tmp_path):
    assert plots.scatter(np.zeros((3, 2))).shape == (320, 320, 3)
    history = {"discriminator_loss": [1.0, 2.0], "real_score": [0.0, 1.0]}
    assert Image.open(plots.training_curves(history, str(tmp_path / "curves.png"))).size == (1000, 400)
