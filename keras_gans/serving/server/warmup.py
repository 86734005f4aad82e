"""Replays the requests that were recorded with a version, so that its first real request is not its slowest."""

from google.protobuf.message import DecodeError

from keras_gans.serving.errors import ServingError
from keras_gans.serving.server import classify_regress, predict


def replay(model, servable):
    """Runs each recorded request of a servable in order; the first that fails fails the version."""
    from tensorflow_serving.apis import prediction_log_pb2

    for record in servable.warmup_records():
        try:
            log = prediction_log_pb2.PredictionLog.FromString(record)
        except DecodeError as error:
            raise ServingError("INVALID_ARGUMENT", f"Failed to parse warmup record: {error}") from None
        for call in _calls(model, servable, log):
            call.run()


def _calls(model, servable, log):
    kind = log.WhichOneof("log_type")
    request = getattr(log, kind).request if kind else None
    if kind == "predict_log":
        name = request.model_spec.signature_name
        yield predict.prepare(model, servable, name, dict(request.inputs), tuple(request.output_filter))
    elif kind in ("classify_log", "regress_log"):
        examples = classify_regress.examples_of_input(request.input)
        api = "Classify" if kind == "classify_log" else "Regress"
        yield classify_regress.prepare(model, servable, request.model_spec.signature_name, examples, api)
    elif kind == "multi_inference_log":
        examples = classify_regress.examples_of_input(request.input)
        for task in request.tasks:
            api = classify_regress.METHODS.get(task.method_name, "Classify")
            yield classify_regress.prepare(model, servable, task.model_spec.signature_name, examples, api)
    else:
        raise ServingError("UNIMPLEMENTED", f"Unsupported log_type for warmup: {kind}")
