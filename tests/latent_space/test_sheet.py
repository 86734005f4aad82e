"""Sheets as pictures and films."""

import numpy as np
from PIL import Image, ImageSequence

from keras_gans.latent_space import Sheet


def sheet(channels=1, **options):
    images = np.zeros((2, 3, 4, 4, channels), "uint8")
    images += np.arange(6, dtype="uint8").reshape(2, 3, 1, 1, 1) * 40
    return Sheet(images, **options)


def test_rows_are_rows(tmp_path):
    read = np.asarray(Image.open(sheet().save_png(tmp_path / "sheet.png")))
    assert read.shape == (10, 16)
    np.testing.assert_array_equal(read[::6, ::6], [[0, 40, 80], [120, 160, 200]])


def test_a_frame_surrounds_its_column():
    picture = sheet(framed=(2,)).picture()
    assert picture.shape == (14, 20, 3)
    yellow = (picture == (255, 206, 0)).all(axis=-1)
    assert yellow[:, 12:14].all() and yellow[:, 18:].all() and yellow[:2, 12:].all() and yellow[-2:, 12:].all()
    assert not yellow[:, :12].any() and not yellow[2:-2, 14:18].any()
    assert (picture[2:6, 14:18] == 80).all() and (picture[8:12, 14:18] == 200).all()


def test_a_film_goes_there_and_back(tmp_path):
    for channels in (1, 3):
        path = sheet(channels).save_gif(tmp_path / "deep" / "film.gif", milliseconds=50)
        with Image.open(path) as film:
            frames = [np.asarray(frame.convert("L")) for frame in ImageSequence.Iterator(film)]
            assert film.info["loop"] == 0 and film.info["duration"] == 50
        np.testing.assert_allclose([frame[0, 0] for frame in frames], [0, 40, 80, 40], atol=2)
        np.testing.assert_allclose([frame[0, -1] for frame in frames], [120, 160, 200, 160], atol=2)
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["film.gif"]
