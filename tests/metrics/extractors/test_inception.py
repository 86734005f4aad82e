"""The network of published scores, without a network connection: a stand-in module, and what is said without one."""

import sys

import numpy as np
import pytest

from keras_gans.metrics import extractors
from keras_gans.metrics.extractors.inception import Inception

IMAGES = np.random.default_rng(0).integers(0, 256, (3, 16, 12, 1), dtype=np.uint8)


@pytest.fixture
def stand_in(tmp_path):
    """A module with Inception's inputs and outputs: the features are the mean colour."""
    tf = pytest.importorskip("tensorflow")
    pytest.importorskip("tensorflow_hub")

    class Module(tf.Module):
        @tf.function(input_signature=[tf.TensorSpec((None, 299, 299, 3), tf.float32)])
        def __call__(self, images):
            colour = tf.reduce_mean(images, axis=[1, 2], keepdims=True)
            return {"pool_3": tf.tile(colour, [1, 1, 1, 2]), "logits": colour[:, 0, 0]}

    tf.saved_model.save(Module(), tmp_path / "module")
    return tmp_path / "module"


def test_grey_images_of_any_size(stand_in):
    extractor = Inception(handle=str(stand_in))
    features, logits = extractor(IMAGES)
    assert features.shape == (3, 6) and logits.shape == (3, 3)
    wanted = IMAGES.mean(axis=(1, 2)) / 127.5 - 1.0
    np.testing.assert_allclose(logits, np.repeat(wanted, 3, axis=1), atol=0.02)
    assert extractor.name == "inception" and len(extractor.sha256) == 64


def test_no_connection_is_explained(monkeypatch):
    hub = pytest.importorskip("tensorflow_hub")

    def resolve(handle):
        raise OSError("Name or service not known")

    monkeypatch.setattr(hub, "resolve", resolve)
    with pytest.raises(
        OSError, match="needs a network connection once.*Name or service not known.*Without it"
    ) as error:
        extractors.get("inception")
    assert "\n" not in str(error.value)


def test_a_missing_package_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "tensorflow_hub", None)
    with pytest.raises(ImportError, match="Expected the package tensorflow-hub for the extractor inception"):
        extractors.get("inception")
