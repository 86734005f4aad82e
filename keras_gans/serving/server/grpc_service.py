"""TensorFlow Serving's gRPC services: predictions, model status, reloading of the config, health."""

import asyncio
import contextlib
import time

from keras_gans.serving.errors import ServingError, invalid
from keras_gans.serving.server import classify_regress, grpc_tensors, messages, predict

_LONGEST_ERROR = 1024


class PredictionService:
    """`tensorflow.serving.PredictionService`.

    Args:
        manager: the `ModelManager`.
        inference: the `Inference`.
        options: the server's `Options`.
        metrics: the server's `Metrics`.
    """

    def __init__(self, manager, inference, options, metrics):
        self.manager = manager
        self.inference = inference
        self.options = options
        self.metrics = metrics

    async def Predict(self, request, context):
        from tensorflow_serving.apis import predict_pb2

        async with self._serving(context, request.model_spec, "Predict") as (chosen, deadline):
            _require_spec(request)
            async with self.manager.lease(*chosen) as version:
                call = await self.inference.off_loop(
                    request.ByteSize(),
                    predict.prepare,
                    chosen[0],
                    version.servable,
                    request.model_spec.signature_name,
                    dict(request.inputs),
                    tuple(request.output_filter),
                    self.options.max_body_bytes,
                )
                outputs = await self.inference.run(call, deadline)
            response = predict_pb2.PredictResponse()
            messages.fill_model_spec(response.model_spec, chosen[0], version, call.signature_name)
            await self.inference.off_loop(_bytes(outputs), self._fill_outputs, response, call, outputs)
            return response

    async def Classify(self, request, context):
        from tensorflow_serving.apis import classification_pb2

        async with self._serving(context, request.model_spec, "Classify") as (chosen, deadline):
            _require_spec(request)
            response = classification_pb2.ClassificationResponse()
            outputs, count = await self._examples(request, chosen, deadline, "Classify", response)
            _fill_classifications(response.result, outputs, count)
            return response

    async def Regress(self, request, context):
        from tensorflow_serving.apis import regression_pb2

        async with self._serving(context, request.model_spec, "Regress") as (chosen, deadline):
            _require_spec(request)
            response = regression_pb2.RegressionResponse()
            outputs, count = await self._examples(request, chosen, deadline, "Regress", response)
            _fill_regressions(response.result, outputs, count)
            return response

    async def MultiInference(self, request, context):
        from tensorflow_serving.apis import inference_pb2

        first = request.tasks[0].model_spec if request.tasks else None
        async with self._serving(context, first, "MultiInference") as (chosen, deadline):
            _check_tasks(request.tasks)
            examples = classify_regress.examples_of_input(request.input)
            response = inference_pb2.MultiInferenceResponse()
            async with self.manager.lease(*chosen) as version:
                for task in request.tasks:
                    name, api = task.model_spec.signature_name, classify_regress.METHODS[task.method_name]
                    call = classify_regress.prepare(chosen[0], version.servable, name, examples, api)
                    outputs = await self.inference.run(call, deadline)
                    result = response.results.add()
                    messages.fill_model_spec(result.model_spec, chosen[0], version, name)
                    if api == "Classify":
                        _fill_classifications(result.classification_result, outputs, len(examples))
                    else:
                        _fill_regressions(result.regression_result, outputs, len(examples))
            return response

    async def GetModelMetadata(self, request, context):
        async with self._serving(context, request.model_spec, None) as (chosen, _):
            _require_spec(request)
            if not request.metadata_field:
                raise invalid("GetModelMetadataRequest must specify at least one metadata_field")
            for field in request.metadata_field:
                if field != "signature_def":
                    raise invalid(f"Metadata field {field} is not supported")
            async with self.manager.lease(*chosen) as version:
                return messages.metadata_response(chosen[0], version)

    @contextlib.asynccontextmanager
    async def _serving(self, context, model_spec, api):
        """Yields the chosen model and the deadline; ends the call with the right status code and counts it."""
        remaining = context.time_remaining()
        deadline = asyncio.get_running_loop().time() + (remaining if remaining is not None else 365 * 86400)
        name = model_spec.name if model_spec is not None else ""
        started, code = time.perf_counter(), "OK"
        try:
            async with ended_by_errors(context):
                yield chosen_model(model_spec), deadline
        except BaseException:
            code = context.code().name if context.code() is not None else "CANCELLED"
            raise
        finally:
            if api and name in self.manager.models:
                self.metrics.request_count.add(name, code)
                microseconds = (time.perf_counter() - started) * 1e6
                self.metrics.request_latency.observe(name, api, "GRPC", value=microseconds)

    async def _examples(self, request, chosen, deadline, api, response):
        examples = classify_regress.examples_of_input(request.input)
        async with self.manager.lease(*chosen) as version:
            name = request.model_spec.signature_name
            call = classify_regress.prepare(chosen[0], version.servable, name, examples, api)
            messages.fill_model_spec(response.model_spec, chosen[0], version, call.signature_name)
            return await self.inference.run(call, deadline), len(examples)

    def _fill_outputs(self, response, call, outputs):
        as_content = self.options.enable_serialization_as_tensor_content
        dtypes = predict.dtypes(call.signature.outputs)
        for name, array in outputs.items():
            grpc_tensors.fill(response.outputs[name], array, dtypes[name], as_content)


class ModelService:
    """`tensorflow.serving.ModelService`."""

    def __init__(self, manager, options):
        self.manager = manager
        self.options = options

    async def GetModelStatus(self, request, context):
        async with ended_by_errors(context):
            _require_spec(request)
            name, number, _ = chosen_model(request.model_spec)
            return messages.status_response(self.manager.statuses(name, number))

    async def HandleReloadConfigRequest(self, request, context):
        from tensorflow_serving.apis import model_management_pb2

        async with ended_by_errors(context):
            if not self.options.enable_reload_config:
                raise ServingError(
                    "PERMISSION_DENIED", "Start the server with --enable_reload_config to allow this call"
                )
            if request.config.WhichOneof("config") != "model_config_list":
                raise invalid("ServerCore config must be a model_config_list")
            await self.manager.reload(request.config)
            return model_management_pb2.ReloadConfigResponse()


@contextlib.asynccontextmanager
async def ended_by_errors(context):
    """Ends a gRPC call with the status code of a `ServingError`; a long text is cut."""
    import grpc

    try:
        yield
    except ServingError as error:
        text = error.message
        if len(text) > _LONGEST_ERROR:
            text = text[:_LONGEST_ERROR] + "...TRUNCATED"
        try:
            await context.abort(grpc.StatusCode[error.code], text.encode("utf-8", "replace").decode())
        except grpc.aio.InternalError:
            # The client has gone, for example at its own deadline: nobody is left to answer.
            raise asyncio.CancelledError from None


def chosen_model(model_spec):
    """Model name, version number or None, label or None, of a `ModelSpec`."""
    if model_spec is None:
        return "", None, None
    kind = model_spec.WhichOneof("version_choice")
    number = model_spec.version.value if kind == "version" else None
    return model_spec.name, number, model_spec.version_label if kind == "version_label" else None


def _require_spec(request):
    if not request.HasField("model_spec"):
        raise invalid("Missing ModelSpec")
    if not request.model_spec.name:
        raise invalid("ModelSpec has no name specified.")


def _check_tasks(tasks):
    if not tasks:
        raise invalid("Inference request must have at least one task.")
    names, signatures = {task.model_spec.name for task in tasks}, [task.model_spec.signature_name for task in tasks]
    if "" in names:
        raise invalid("Found ModelSpec with an empty model name.")
    if len(names) > 1:
        raise invalid("All ModelSpecs in a MultiInferenceRequest must access the same model name.")
    if len(set(signatures)) < len(signatures):
        raise invalid(f"Duplicate evaluation of signature: {max(signatures, key=signatures.count)}")
    for task in tasks:
        if task.method_name not in classify_regress.METHODS:
            raise ServingError("UNIMPLEMENTED", f"Unsupported signature method_name: {task.method_name}")


def _fill_classifications(result, outputs, count):
    for row in classify_regress.classifications(outputs, count):
        classes = result.classifications.add().classes
        for label, score in row:
            classes.add(label=label.decode("utf-8", "replace"), score=score)


def _fill_regressions(result, outputs, count):
    for value in classify_regress.regressions(outputs, count):
        result.regressions.add(value=value)


def _bytes(outputs):
    return sum(array.nbytes for array in outputs.values())
