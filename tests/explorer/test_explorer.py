"""What the page shows is what the model draws."""

import sys

import numpy as np
import pytest

import keras_gans
from keras_gans import explorer as room
from keras_gans.commands import explore
from keras_gans.explorer import Explorer, page
from keras_gans.testing import tiny


def flat(sheet):
    return sheet.images.reshape(-1, *sheet.images.shape[2:])


def test_samples(explorer, game):
    np.testing.assert_array_equal(flat(explorer.samples(seed=5, count=4)), game.sample(4, seed=5))
    assert explorer.samples(0, 20).images.shape[:2] == (3, 8)
    np.testing.assert_array_equal(flat(explorer.samples(5, 4, label=2)), game.sample(4, seed=5, labels=2))


def test_truncation(explorer, game):
    assert explorer.widest == 2.0
    np.testing.assert_array_equal(flat(explorer.samples(0, 4, threshold=2.0)), game.sample(4))
    narrow = flat(explorer.samples(0, 8, label=1, threshold=0.05))
    assert narrow.std(axis=0).mean() < 0.2 * flat(explorer.samples(0, 8, label=1)).std(axis=0).mean()


def test_interpolation(explorer, game):
    row = explorer.interpolation(3, 9, steps=5, path="linear", label=1).images[0]
    np.testing.assert_array_equal(row[[0, -1]], game.sample(seeds=[3, 9], labels=1))


def test_neighbours(explorer, game):
    sheet = explorer.neighbours(0, rows=1)
    np.testing.assert_array_equal(sheet.images[0, 8], game.sample(seeds=[7])[0])
    assert sheet.framed == (8,)


def test_real_images_are_loaded_once_and_when_asked_for(game):
    calls = []
    looking = Explorer(game, "tiny", lambda: calls.append(1) or game.sample(8))
    assert looking.has_real and not calls
    for _ in range(2):
        looking.neighbours(0, rows=1)
    assert calls == [1]


def test_what_a_model_lacks_is_left_out():
    plain = Explorer(tiny.game(keras_gans.NSGAN), "plain")
    assert plain.num_classes is None and plain.widest is None and not plain.has_real


def test_pictures_are_magnified_to_whole_squares():
    picture = np.arange(6, dtype="uint8").reshape(2, 3, 1)
    large = page.magnified(picture)
    assert large.shape == (2 * 214, 3 * 214)
    np.testing.assert_array_equal(large[::214, ::214], picture[..., 0])


def test_without_gradio_the_page_says_what_to_install(explorer, monkeypatch):
    monkeypatch.setitem(sys.modules, "gradio", None)
    with pytest.raises(ImportError, match=r"pip install 'keras_gans\[explore\]'"):
        room.launch(explorer)


def test_a_server_needs_the_models_name():
    with pytest.raises(ValueError, match="Expected --name"):
        explore.open_explorer("http://127.0.0.1:8501")


def test_an_address_where_nobody_answers():
    with pytest.raises(ValueError, match="Expected a model of keras_gans at http://127.0.0.1:9/v1/models/x/metadata"):
        explore.open_explorer("http://127.0.0.1:9", name="x")
    with pytest.raises(ValueError, match="Expected http:// or https://"):
        explore.open_explorer("grpc://127.0.0.1:9", name="x")
