"""All tricks at once in games that are told more, judge more at once, or look ahead."""

import keras
import numpy as np
import pytest

from keras_gans import registry
from keras_gans.testing import tiny


@pytest.mark.parametrize("name", ["conditional_gan", "info_gan", "pac_gan", "semi_supervised_gan", "unrolled_gan"])
def test_tricks_together(name):
    eager = {} if keras.backend.backend() == "jax" else {"run_eagerly": True}
    model = tiny.game(registry.lookup("game", name), tricks=registry.names("trick"), **eager)
    data = tiny.batch(model, 8)
    images, labels = data if isinstance(data, tuple) else (data, None)
    logs = model.fit(images, labels, batch_size=8, verbose=0).history
    assert all(np.isfinite(values).all() for values in logs.values()), logs
    assert all(np.isfinite(weight).all() for weight in model.get_weights())


def test_one_loss_by_one_name():
    with pytest.raises(ValueError, match="each added loss once, received 'feature_matching_loss' from two tricks"):
        tiny.game(registry.lookup("game", "ns_gan"), tricks=["feature_matching", "feature_matching"])
