"""Model status and metadata as TensorFlow Serving's protos, for both protocols."""


def status_response(versions):
    """`GetModelStatusResponse` of `Version`s."""
    import grpc
    from tensorflow_serving.apis import get_model_status_pb2

    response = get_model_status_pb2.GetModelStatusResponse()
    for version in versions:
        status = response.model_version_status.add(version=version.number)
        status.state = get_model_status_pb2.ModelVersionStatus.State.Value(version.state)
        if version.error is not None:
            status.status.error_code = grpc.StatusCode[version.error.code].value[0]
            status.status.error_message = version.error.message
        else:
            status.status.SetInParent()
    return response


def metadata_response(model, version):
    """`GetModelMetadataResponse` with the signatures of a loaded `Version`."""
    from tensorflow_serving.apis import get_model_metadata_pb2

    response = get_model_metadata_pb2.GetModelMetadataResponse()
    response.model_spec.name = model
    response.model_spec.version.value = version.number
    response.metadata["signature_def"].Pack(signature_map(version))
    return response


def signature_map(version):
    """`SignatureDefMap` of a loaded `Version`."""
    from tensorflow_serving.apis import get_model_metadata_pb2

    signatures = get_model_metadata_pb2.SignatureDefMap()
    for name, signature in version.servable.signatures.items():
        signatures.signature_def[name].CopyFrom(signature)
    return signatures


def fill_model_spec(model_spec, model, version, signature_name=""):
    """Says in a response which version answered."""
    model_spec.name = model
    model_spec.version.value = version.number
    model_spec.signature_name = signature_name
