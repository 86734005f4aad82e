"""Classify and Regress: examples in, classes or values out, with the errors that a predict-only model gives."""

import tensorflow as tf

from keras_gans.serving.errors import ServingError, invalid
from keras_gans.serving.server.json_parser import text_to_bytes, value_error
from keras_gans.serving.server.json_tensor import decode_base64, is_base64, json_type
from keras_gans.serving.server.predict import Call
from keras_gans.serving.server.servable import DEFAULT_SIGNATURE

METHODS = {"tensorflow/serving/classify": "Classify", "tensorflow/serving/regress": "Regress"}


def prepare(model, servable, signature_name, examples, api):
    """The checked call of a classify or regress request.

    Args:
        model: the model's name.
        servable: the loaded version.
        signature_name: name of the signature, empty for the default.
        examples: serialized `tf.train.Example`s.
        api: "Classify" or "Regress".
    """
    signature_name = signature_name or DEFAULT_SIGNATURE
    signature = servable.signature(signature_name)
    if signature is None:
        raise invalid(f"No signature was found with the name: {signature_name}")
    if len(signature.inputs) != 1:
        raise invalid("Expected one input Tensor.")
    outputs = _classify_outputs(signature) if api == "Classify" else _regress_outputs(signature)
    if not examples:
        raise invalid("Input is empty.")
    array = tf.constant(examples, tf.string).numpy()
    return Call(model, servable, signature_name, {"inputs": array}, outputs, api)


def classifications(outputs, count):
    """`[[(label, score), ...], ...]` from the arrays `classes` and `scores`, of which one may be missing."""
    for name, kind, expected in (("classes", "O", "DT_STRING"), ("scores", "f", "DT_FLOAT")):
        array = outputs.get(name)
        if array is None:
            continue
        if array.ndim != 2:
            raise invalid(f"Expected Tensor shape: [batch_size num_classes] but got {list(array.shape)}")
        if array.dtype.kind != kind:
            raise invalid(f"Expected {name} Tensor of {expected}. Got: {tf.as_dtype(array.dtype).name}")
        if len(array) != count:
            raise invalid(f"Expected {name} output batch size of {count}. Got: {len(array)}")
    labels, scores = outputs.get("classes"), outputs.get("scores")
    if labels is not None and scores is not None and labels.shape != scores.shape:
        raise invalid(
            f"Tensors class and score should match in dim_size(1). Got {labels.shape[1]} vs. {scores.shape[1]}"
        )
    width = (labels if labels is not None else scores).shape[1]
    return [
        [
            (
                labels[row, column] if labels is not None else b"",
                float(scores[row, column]) if scores is not None else 0.0,
            )
            for column in range(width)
        ]
        for row in range(count)
    ]


def regressions(outputs, count):
    """`[value, ...]` from the array `outputs`, `(n,)` or `(n, 1)`."""
    array = outputs["outputs"]
    if not (array.ndim == 1 or (array.ndim == 2 and array.shape[1] == 1)):
        raise invalid(
            f"Expected output Tensor shape to be either [batch_size] or [batch_size, 1] but got {list(array.shape)}"
        )
    if len(array) != count:
        raise invalid(f"Input batch size did not match output batch size: {count} vs. {len(array)}")
    if array.dtype != "float32":
        raise invalid(f"Expected output Tensor of DT_FLOAT.  Got: {tf.as_dtype(array.dtype).name}")
    return [float(value) for value in array.ravel()]


def examples_of_input(request_input):
    """Serialized examples of an `Input` proto, each merged with the context where there is one."""
    kind = request_input.WhichOneof("kind")
    if kind == "example_list":
        return [example.SerializeToString() for example in request_input.example_list.examples]
    if kind == "example_list_with_context":
        listed = request_input.example_list_with_context
        # Protos merge by concatenation.
        context = listed.context.SerializeToString()
        return [context + example.SerializeToString() for example in listed.examples]
    return []


def examples_of_json(document):
    """Serialized examples of a JSON body with `examples` and, perhaps, a `context` that they share."""
    context = _example(document["context"]).SerializeToString() if "context" in document else b""
    if "examples" not in document:
        raise value_error(document, "When method is classify, key 'examples' is expected and was not found")
    examples = document["examples"]
    if not isinstance(examples, list):
        raise value_error(document, "Expecting 'examples' value to be an list/array")
    if not examples:
        raise value_error(document, "'examples' value is an empty array")
    return [context + _example(example).SerializeToString() for example in examples]


def _classify_outputs(signature):
    if len(signature.outputs) not in (1, 2):
        raise invalid(f"Expected one or two output Tensors, found {len(signature.outputs)}")
    if "inputs" not in signature.inputs:
        raise ServingError("FAILED_PRECONDITION", f"No classification inputs found in SignatureDef: {signature}")
    outputs = tuple(name for name in ("classes", "scores") if name in signature.outputs)
    if not outputs:
        raise ServingError(
            "FAILED_PRECONDITION",
            'Expected classification signature outputs to contain at least one of "classes" or "scores". '
            f"Signature was: {signature}",
        )
    return outputs


def _regress_outputs(signature):
    if len(signature.outputs) != 1:
        raise invalid("Expected one output Tensor.")
    if "inputs" not in signature.inputs:
        raise ServingError("FAILED_PRECONDITION", f"No regression inputs found in SignatureDef: {signature}")
    if "outputs" not in signature.outputs:
        raise ServingError("FAILED_PRECONDITION", f"No regression outputs found in SignatureDef: {signature}")
    return ("outputs",)


def _example(value):
    if not isinstance(value, dict):
        raise invalid(f"Example must be JSON object but got JSON {json_type(value)}")
    example = tf.train.Example()
    for name, content in value.items():
        feature = example.features.feature[text_to_bytes(name).decode("utf-8", "replace")]
        for element in content if isinstance(content, list) else [content]:
            _add_element(feature, name, element)
    return example


def _add_element(feature, name, element):
    if isinstance(element, str) or is_base64(element):
        kind, data = "bytes_list", text_to_bytes(element) if isinstance(element, str) else decode_base64(element)
    elif isinstance(element, int):
        kind, data = "int64_list", int(element)
    elif isinstance(element, float):
        kind, data = "float_list", element
    else:
        raise invalid(f"Feature: {name} has element with unexpected JSON type: {json_type(element)}")
    known = feature.WhichOneof("kind")
    if known not in (None, kind):
        raise invalid(f"Unexpected element type in feature: {name} expecting type: {known.removesuffix('_list')}")
    if kind == "int64_list" and not -(2**63) <= data < 2**63:
        raise invalid(f"Feature: {name} has uint64 element. Only int64 is supported.")
    getattr(feature, kind).value.append(data)
