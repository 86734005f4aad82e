"""TensorFlow Serving's gRPC API from the client's side."""

from keras_gans.serving.errors import ServingError

_OPTIONS = [
    # gRPC's default of 4 MiB is less than 64 float images of 128x128x3.
    ("grpc.max_receive_message_length", 2**31 - 1),
    ("grpc.max_send_message_length", 2**31 - 1),
    # The client itself tries again, within the caller's deadline.
    ("grpc.enable_retries", 0),
]


class GrpcTransport:
    """Predict and status requests over one channel without TLS.

    Args:
        address: `host:port`.
        headers: `{name: value}` sent as metadata with every request.
    """

    def __init__(self, address, headers):
        import grpc
        from tensorflow_serving.apis import model_service_pb2_grpc, prediction_service_pb2_grpc

        self._metadata = tuple((name.lower(), value) for name, value in headers.items())
        self._channel = grpc.insecure_channel(address, options=_OPTIONS)
        self._predictions = prediction_service_pb2_grpc.PredictionServiceStub(self._channel)
        self._models = model_service_pb2_grpc.ModelServiceStub(self._channel)

    def predict(self, name, inputs, signature_name, version, label_name, timeout):
        import tensorflow as tf
        from tensorflow_serving.apis import predict_pb2

        request = predict_pb2.PredictRequest()
        _fill_model_spec(request.model_spec, name, version, label_name)
        request.model_spec.signature_name = signature_name
        for key, array in inputs.items():
            request.inputs[key].CopyFrom(tf.make_tensor_proto(array))
        response = self._call(self._predictions.Predict, request, timeout)
        return {key: tf.make_ndarray(proto) for key, proto in response.outputs.items()}

    def status(self, name, version, timeout):
        import grpc
        from tensorflow_serving.apis import get_model_status_pb2

        request = get_model_status_pb2.GetModelStatusRequest()
        _fill_model_spec(request.model_spec, name, version, None)
        response = self._call(self._models.GetModelStatus, request, timeout)
        codes = {code.value[0]: code.name for code in grpc.StatusCode}
        state_name = get_model_status_pb2.ModelVersionStatus.State.Name
        return [
            (row.version, state_name(row.state), codes[row.status.error_code], row.status.error_message)
            for row in response.model_version_status
        ]

    def close(self):
        self._channel.close()

    def _call(self, method, request, timeout):
        import grpc

        try:
            return method(request, timeout=timeout, metadata=self._metadata)
        except grpc.RpcError as error:
            raise ServingError(error.code().name, error.details()) from None


def _fill_model_spec(model_spec, name, version, label_name):
    model_spec.name = name
    if version is not None:
        model_spec.version.value = version
    elif label_name is not None:
        model_spec.version_label = label_name
