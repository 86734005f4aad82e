"""The recorded requests are TensorFlow Serving's messages."""

import numpy as np
import pytest
import tensorflow as tf

from keras_gans.exports import warmup
from keras_gans.serving.config_writer import BATCH_SIZES


def test_one_request_of_each_signature_and_batch_size(exported):
    sizes = {}
    for name, inputs in warmup.read(exported):
        sizes.setdefault(name, []).append(len(next(iter(inputs.values()))))
    names = ("serving_default", "sample", "generate", "sample_png", "score")
    assert sizes == {name: list(BATCH_SIZES) for name in names}


@pytest.mark.parametrize("array", [np.arange(3), np.zeros((2, 4), "float32"), np.array([[1.5, -2.0]], "float32")])
def test_encoding_round_trip(array):
    name, inputs = warmup.decode(warmup.encode("sample", {"x": array}))
    assert name == "sample" and inputs["x"].dtype == array.dtype
    np.testing.assert_array_equal(inputs["x"], array)


@pytest.mark.serve
def test_the_bytes_are_those_of_the_real_message():
    prediction_log_pb2 = pytest.importorskip("tensorflow_serving.apis.prediction_log_pb2")
    record = warmup.encode("sample", {"seed": np.arange(3), "label": np.zeros(3, "int32")})
    request = prediction_log_pb2.PredictionLog.FromString(record).predict_log.request
    assert request.model_spec.signature_name == "sample"
    np.testing.assert_array_equal(tf.make_ndarray(request.inputs["seed"]), np.arange(3))
    np.testing.assert_array_equal(tf.make_ndarray(request.inputs["label"]), np.zeros(3, "int32"))
    assert prediction_log_pb2.PredictionLog.FromString(record).SerializeToString(deterministic=True) == record


def test_a_damaged_file_is_named(tmp_path):
    path = tmp_path / warmup.FILE
    path.parent.mkdir()
    path.write_bytes(b"damaged beyond repair")
    with pytest.raises(ValueError, match="Expected recorded requests in .*tf_serving_warmup_requests, received"):
        warmup.read(tmp_path)
