# ruff: noqa: E501 - tables are read by the row.
"""TensorFlow Serving's gRPC contract: requests as protos, status codes and their texts."""

import numpy as np
import pytest

from tests.serving.fixtures import IDENTITY_TYPES

pytestmark = pytest.mark.serve


@pytest.fixture(scope="module")
def predictions(channel):
    from tensorflow_serving.apis import prediction_service_pb2_grpc

    return prediction_service_pb2_grpc.PredictionServiceStub(channel)


@pytest.fixture(scope="module")
def models(channel):
    from tensorflow_serving.apis import model_service_pb2_grpc

    return model_service_pb2_grpc.ModelServiceStub(channel)


def tensor_proto(**fields):
    from tensorflow.core.framework import tensor_pb2

    sizes = fields.pop("shape", ())
    proto = tensor_pb2.TensorProto(**fields)
    proto.tensor_shape.SetInParent()
    for size in sizes:
        proto.tensor_shape.dim.add(size=size)
    return proto


def request_of(model, signature="", version=None, label=None, outputs=(), **inputs):
    """A `PredictRequest`; inputs are arrays or `TensorProto`s."""
    import tensorflow as tf
    from tensorflow_serving.apis import predict_pb2

    request = predict_pb2.PredictRequest(output_filter=outputs)
    request.model_spec.name, request.model_spec.signature_name = model, signature
    if version is not None:
        request.model_spec.version.value = version
    if label is not None:
        request.model_spec.version_label = label
    for name, value in inputs.items():
        request.inputs[name].CopyFrom(value if hasattr(value, "tensor_shape") else tf.make_tensor_proto(value))
    return request


def arrays(response):
    import tensorflow as tf

    return {name: tf.make_ndarray(proto) for name, proto in response.outputs.items()}


def error_of(call, request, timeout=30):
    import grpc

    with pytest.raises(grpc.RpcError) as caught:
        call(request, timeout=timeout)
    return caught.value.code().name, caught.value.details()


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


def test_metadata(predictions):
    from tensorflow_serving.apis import get_model_metadata_pb2

    request = get_model_metadata_pb2.GetModelMetadataRequest(metadata_field=["signature_def"])
    request.model_spec.name = "generator"
    response = predictions.GetModelMetadata(request, timeout=30)
    signatures = get_model_metadata_pb2.SignatureDefMap()
    assert response.metadata["signature_def"].Unpack(signatures)
    assert set(signatures.signature_def) >= {"serving_default", "sample_png", "generate", "score"}
    assert response.model_spec.version.value == 1


@pytest.mark.parametrize("fields", [[], ["weights"]])
def test_metadata_errors(predictions, fields):
    from tensorflow_serving.apis import get_model_metadata_pb2

    request = get_model_metadata_pb2.GetModelMetadataRequest(metadata_field=fields)
    request.model_spec.name = "generator"
    assert error_of(predictions.GetModelMetadata, request)[0] == "INVALID_ARGUMENT"


def test_status(models):
    from tensorflow_serving.apis import get_model_status_pb2

    request = get_model_status_pb2.GetModelStatusRequest()
    request.model_spec.name = "versions"
    statuses = models.GetModelStatus(request, timeout=30).model_version_status
    available = get_model_status_pb2.ModelVersionStatus.AVAILABLE
    assert [(status.version, status.state) for status in statuses] == [(3, available), (1, available)]
    request.model_spec.name = "unknown"
    expected = ("NOT_FOUND", "Could not find any versions of model unknown")
    assert error_of(models.GetModelStatus, request) == expected


def examples_input(*values):
    import tensorflow as tf
    from tensorflow_serving.apis import input_pb2

    request_input = input_pb2.Input()
    for value in values:
        feature = tf.train.Feature(float_list=tf.train.FloatList(value=[value]))
        request_input.example_list.examples.add().CopyFrom(
            tf.train.Example(features=tf.train.Features(feature={"x": feature}))
        )
    return request_input


def test_classify_and_regress(predictions):
    from tensorflow_serving.apis import classification_pb2, regression_pb2

    regress = regression_pb2.RegressionRequest(input=examples_input(1.0, 2.0))
    regress.model_spec.name, regress.model_spec.signature_name = "half_plus_two", "regress_x_to_y"
    values = predictions.Regress(regress, timeout=30).result.regressions
    assert [value.value for value in values] == [2.5, 3.0]
    classify = classification_pb2.ClassificationRequest(input=examples_input(1.0))
    classify.model_spec.name, classify.model_spec.signature_name = "half_plus_two", "classify_x_to_y"
    classes = predictions.Classify(classify, timeout=30).result.classifications[0].classes
    assert [(row.label, row.score) for row in classes] == [("y", 2.5)]


def test_classify_and_regress_of_a_model_that_only_predicts(predictions):
    from tensorflow_serving.apis import classification_pb2, regression_pb2

    regress = regression_pb2.RegressionRequest(input=examples_input(1.0))
    classify = classification_pb2.ClassificationRequest(input=examples_input(1.0))
    for call, request in ((predictions.Regress, regress), (predictions.Classify, classify)):
        request.model_spec.name = "generator"
        assert error_of(call, request) == ("INVALID_ARGUMENT", "Expected one input Tensor.")


def multi_inference(*tasks):
    from tensorflow_serving.apis import inference_pb2

    request = inference_pb2.MultiInferenceRequest(input=examples_input(1.0))
    for model, signature, method in tasks:
        task = request.tasks.add(method_name=method)
        task.model_spec.name, task.model_spec.signature_name = model, signature
    return request


REGRESS = ("half_plus_two", "regress_x_to_y", "tensorflow/serving/regress")
CLASSIFY = ("half_plus_two", "classify_x_to_y", "tensorflow/serving/classify")


def test_multi_inference(predictions):
    results = predictions.MultiInference(multi_inference(REGRESS, CLASSIFY), timeout=30).results
    assert results[0].regression_result.regressions[0].value == 2.5
    assert results[1].classification_result.classifications[0].classes[0].label == "y"


@pytest.mark.parametrize(
    "tasks, code",
    [
        ((REGRESS, REGRESS), "INVALID_ARGUMENT"),
        ((REGRESS, ("versions", *CLASSIFY[1:])), "INVALID_ARGUMENT"),
        (((*REGRESS[:2], "tensorflow/serving/predict"),), "UNIMPLEMENTED"),
    ],
)
def test_multi_inference_errors(predictions, tasks, code):
    assert error_of(predictions.MultiInference, multi_inference(*tasks))[0] == code


@pytest.mark.parametrize("service", ["", "ModelService", "PredictionService"])
def test_health(channel, service):
    from grpc_health.v1 import health_pb2, health_pb2_grpc

    answer = health_pb2_grpc.HealthStub(channel).Check(health_pb2.HealthCheckRequest(service=service), timeout=30)
    assert answer.status == health_pb2.HealthCheckResponse.SERVING


def test_reload_is_off_unless_asked_for(local, models):
    from tensorflow_serving.apis import model_management_pb2

    code, text = error_of(models.HandleReloadConfigRequest, model_management_pb2.ReloadConfigRequest())
    assert code == "PERMISSION_DENIED"
    assert "--enable_reload_config" in text


def test_a_small_proto_cannot_ask_for_much_memory(local, predictions):
    request = request_of("half_plus_two", x=tensor_proto(dtype=1, shape=[2**40], float_val=[1.0]))
    code, text = error_of(predictions.Predict, request)
    assert code == "INVALID_ARGUMENT"
    assert "at most 1048576 bytes" in text
