"""gRPC requests and what comes back."""

import pytest


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
