# ruff: noqa: E501 - tables are read by the row.
"""TensorFlow Serving's gRPC contract: requests as protos, status codes and their texts."""

import numpy as np
import pytest

from tests.serving.fixtures import IDENTITY_TYPES
from tests.serving.protos import arrays, error_of, request_of, tensor_proto

pytestmark = pytest.mark.serve


F = np.float32
ANSWERS = [
    ("half_plus_two", "", {"x": F([1, 2])}, {"y": F([2.5, 3])}),
    ("multi_input", "", {"a": F([1]), "b": F([2])}, {"sum": F([3]), "difference": F([-1])}),
    ("multi_input", "scalar", {"x": F([[1, 2]])}, {"total": F(3)}),
    ("uint8", "", {"x": np.uint8([1, 255])}, {"y": np.uint8([2, 0])}),
    ("int64", "", {"x": np.int64([2**40])}, {"y": np.int64([2**40 + 1])}),
    ("bool", "", {"x": np.array([True, False])}, {"y": np.array([False, True])}),
    ("half", "", {"x": np.float16([1.5])}, {"y": np.float16([3])}),
    ("text", "length", {"text": np.array([b"ab\x00", b""], object)}, {"length": np.int32([3, 0])}),
    ("text", "echo", {"text": np.array([b"\xff\x00"], object)}, {"text": np.array([b"\xff\x00"], object)}),
    ("defaulted", "", {"x": F([2])}, {"y": F([6])}),
    ("defaulted", "", {"x": F([2]), "scale": F(5)}, {"y": F([10])}),
]


@pytest.mark.parametrize("model, signature, inputs, expected", ANSWERS)
def test_answer(predictions, model, signature, inputs, expected):
    outputs = arrays(predictions.Predict(request_of(model, signature, **inputs), timeout=30))
    assert outputs.keys() == expected.keys()
    for name, array in expected.items():
        assert outputs[name].dtype == array.dtype
        np.testing.assert_array_equal(outputs[name], array)


@pytest.mark.parametrize("name", IDENTITY_TYPES)
def test_every_type_comes_back(predictions, name):
    import tensorflow as tf

    array = np.array([1, 0, 3]).astype(tf.as_dtype(name).as_numpy_dtype)
    outputs = arrays(predictions.Predict(request_of("identity", name, x=array), timeout=30))
    assert outputs["y"].dtype == array.dtype
    np.testing.assert_array_equal(outputs["y"], array)


def test_outputs_are_in_typed_fields(predictions):
    outputs = predictions.Predict(request_of("half_plus_two", x=F([1, 2])), timeout=30).outputs
    assert list(outputs["y"].float_val) == [2.5, 3.0]
    assert outputs["y"].tensor_content == b""


PROTO_RULES = [
    ("half_plus_two", {"dtype": 1, "shape": [3], "float_val": [4.0]}, [4.0, 4.0, 4.0]),
    ("half_plus_two", {"dtype": 1, "shape": [1], "float_val": [4.0, 6.0, 8.0]}, [4.0]),
    ("half_plus_two", {"dtype": 1, "shape": [2]}, [2.0, 2.0]),
    ("uint8", {"dtype": 4, "shape": [2], "int_val": [300, -1]}, [45, 0]),
]


@pytest.mark.parametrize("model, fields, expected", PROTO_RULES)
def test_protos_are_read_as_tensorflow_reads_them(predictions, model, fields, expected):
    outputs = arrays(predictions.Predict(request_of(model, x=tensor_proto(**fields)), timeout=30))
    assert outputs["y"].tolist() == expected


def test_response_names_what_answered(predictions):
    spec = predictions.Predict(request_of("versions", x=F([1])), timeout=30).model_spec
    assert (spec.name, spec.version.value, spec.signature_name) == ("versions", 3, "serving_default")


@pytest.mark.parametrize(
    "choice, expected", [({"version": 1}, 2.5), ({"label": "stable"}, 2.5), ({"label": "canary"}, 3.5)]
)
def test_versions_and_labels(predictions, choice, expected):
    outputs = arrays(predictions.Predict(request_of("versions", x=F([1]), **choice), timeout=30))
    assert outputs["y"].tolist() == [expected]


def test_output_filter(predictions):
    request = request_of("multi_input", outputs=["sum"], a=F([1]), b=F([2]))
    assert arrays(predictions.Predict(request, timeout=30)).keys() == {"sum"}


ERRORS = [
    (("",), {}, "INVALID_ARGUMENT", "ModelSpec has no name specified."),
    (("unknown",), {"x": F([1])}, "NOT_FOUND", "Servable not found for request: Latest(unknown)"),
    (("versions", "", 2), {"x": F([1])}, "NOT_FOUND", "Servable not found for request: Specific(versions, 2)"),
    (("versions", "", None, "q"), {"x": F([1])}, "INVALID_ARGUMENT", "Unrecognized servable version label: q"),
    (("half_plus_two", "q"), {"x": F([1])}, "FAILED_PRECONDITION", 'Serving signature key "q" not found.'),
    (("half_plus_two",), {}, "INVALID_ARGUMENT", "input size does not match signature: 0!=1 len({}) != len({x})"),
    (("half_plus_two",), {"x": F([1]), "a": F([1])}, "INVALID_ARGUMENT", "2!=1 len({a,x}) != len({x}). Sent extra: {a}. Missing but required: {}."),
    (("half_plus_two",), {"z": F([1])}, "INVALID_ARGUMENT", "Signature input alias: x(feed name: serving_default_x:0) not found"),
    (("half_plus_two",), {"x": np.int32([1])}, "INVALID_ARGUMENT", "to be float but int32 is provided"),
    (("multi_input", "matrix"), {"x": F([[1, 2]])}, "INVALID_ARGUMENT", "Matrix size-incompatible: In[0]: [1,2], In[1]: [3,3]"),
    (("multi_input", "", None, None, ["q"]), {"a": F([1]), "b": F([1])}, "INVALID_ARGUMENT", "output tensor alias not found in signature: q"),
    (("multi_input", "", None, None, ["sum", "sum"]), {"a": F([1]), "b": F([1])}, "INVALID_ARGUMENT", "duplicate output tensor alias: sum"),
]  # fmt: skip


@pytest.mark.parametrize("model, inputs, code, message", ERRORS)
def test_error(predictions, model, inputs, code, message):
    received = error_of(predictions.Predict, request_of(*model, **inputs))
    assert received[0] == code
    # TensorFlow's C++ code calls float32 "float".
    assert message in received[1].replace("float32", "float")


def test_missing_model_spec(predictions, models):
    from tensorflow_serving.apis import get_model_status_pb2, predict_pb2

    missing = ("INVALID_ARGUMENT", "Missing ModelSpec")
    assert error_of(predictions.Predict, predict_pb2.PredictRequest()) == missing
    assert error_of(models.GetModelStatus, get_model_status_pb2.GetModelStatusRequest()) == missing


def test_unreadable_tensor(predictions):
    request = request_of("half_plus_two", x=tensor_proto(dtype=1, shape=[3], tensor_content=b"\x00"))
    assert error_of(predictions.Predict, request) == ("INVALID_ARGUMENT", "tensor parsing error: x")


def test_long_errors_are_cut(predictions):
    code, text = error_of(predictions.Predict, request_of("unknown" * 300, x=F([1])))
    assert code == "NOT_FOUND"
    assert text.endswith("...TRUNCATED")
    assert len(text) == 1024 + len("...TRUNCATED")


def test_deadline(predictions):
    assert error_of(predictions.Predict, request_of("slow", x=F([1])), timeout=0.005)[0] == "DEADLINE_EXCEEDED"
