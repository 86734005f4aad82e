"""Every registered game can be exported, and its export does in the runtime of TensorFlow Serving what Python does."""

import numpy as np
import pytest

from keras_gans import exports, registry
from keras_gans.exports import probe, runtime_checks, warmup
from keras_gans.testing import tiny


@pytest.mark.parametrize("name", registry.names("game"))
def test_game(name, tmp_path, monkeypatch):
    # Requests of one size show that each signature is answered.
    monkeypatch.setattr(warmup, "BATCH_SIZES", (2,))
    monkeypatch.setattr(runtime_checks, "BATCH_SIZES", (2,))
    model = tiny.game(registry.lookup("game", name))
    folder = exports.export(model, tmp_path / name)  # Verified: the C session agrees with the probe.
    sample = probe.read(folder)["signatures"]["sample"]
    conditions = {"labels": sample["inputs"]["label"]} if "generator" in model.takes_labels else {}
    images = model.sample(seeds=sample["inputs"]["seed"], **conditions)
    assert images.dtype == np.uint8 and images.std() > 0
    assert probe.compare(sample["outputs"]["images"], images) == 0.0
