import os

import numpy as np
import pytest
from PIL import Image

from keras_gans.callbacks import SampleGrid
from keras_gans.callbacks.sample_grid import draw
from keras_gans.models import NSGAN
from keras_gans.testing import tiny


def test_a_picture_every_so_many_epochs_and_at_the_end(tmp_path):
    model = tiny.game(NSGAN)
    grid = SampleGrid(tmp_path, n=4, every=2, log_dir=tmp_path / "logs")
    model.fit(tiny.images(8), batch_size=8, epochs=3, verbose=0, callbacks=[grid])
    assert sorted(path for path in os.listdir(tmp_path) if path != "logs") == ["epoch-0002.png", "epoch-0003.png"]
    last = np.asarray(Image.open(tmp_path / "epoch-0003.png"))
    np.testing.assert_array_equal(last[..., None], draw(model.sample(4)))
    assert any(name.startswith("events") for name in os.listdir(tmp_path / "logs"))


def test_points_are_scattered():
    assert draw(np.zeros((5, 2), "float32")).ndim == 3


@pytest.mark.parametrize("arguments", [{"n": 0}, {"every": 0}])
def test_refuses_wrong_arguments(tmp_path, arguments):
    with pytest.raises(ValueError, match="Expected at least 1"):
        SampleGrid(tmp_path, **arguments)
