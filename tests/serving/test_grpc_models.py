"""The rest of the gRPC contract: metadata, status, classify, regress, health; and what is off by default."""

import asyncio

import pytest

from tests.serving.protos import error_of, request_of, tensor_proto

pytestmark = pytest.mark.serve


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


def test_a_client_that_has_gone_gets_no_error():
    """What cannot be sent ends the call quietly, as a cancelled one, without a traceback in the server's log."""
    from grpc._cython import cygrpc

    from keras_gans.serving import ServingError
    from keras_gans.serving.server.grpc_service import ended_by_errors

    class Gone:
        async def abort(self, code, details):
            raise cygrpc.ExecuteBatchError("execute_batch", (), ())

    async def fail():
        async with ended_by_errors(Gone()):
            raise ServingError("DEADLINE_EXCEEDED", "The request's deadline has passed")

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(fail())
