"""TensorFlow Serving's REST API: from a method, a path and a body to a status and a body."""

import re
import urllib.parse

from google.protobuf import json_format

from keras_gans.serving.errors import invalid
from keras_gans.serving.server import classify_regress, messages, predict
from keras_gans.serving.server.json_parser import parse_object
from keras_gans.serving.server.json_tensor import decode_predict, signature_name
from keras_gans.serving.server.json_writer import encode_predictions, to_text
from keras_gans.serving.server.servable import DEFAULT_SIGNATURE

_MODEL = r"/v1/models/([^/:]+)"
_CHOICE = r"(?:/versions/(\d+)|/labels/([^/:]+))?"
_INFERENCE = re.compile(rf"{_MODEL}{_CHOICE}:(classify|regress|predict)", re.IGNORECASE | re.ASCII)
_STATUS = re.compile(rf"/v1/models(?:/([^/:]+))?{_CHOICE}(/metadata)?", re.IGNORECASE | re.ASCII)
_LARGEST_VERSION = 2**63 - 1


class UnreadableVersion(Exception):
    """A version number beyond 64 bits: TensorFlow Serving answers 400 with no body at all."""


class RestApi:
    """Answers what TensorFlow Serving answers.

    Args:
        manager: the `ModelManager`.
        inference: the `Inference`.
    """

    def __init__(self, manager, inference):
        self.manager = manager
        self.inference = inference

    def route(self, method, path):
        """The coroutine function that answers a request, taking `(body, deadline)`, and the model and API it names."""
        match = _INFERENCE.fullmatch(path) if method == "POST" else None
        if match and match[4] in ("predict", "classify", "regress"):
            chosen = _chosen(match[1], match[2], match[3])
            return getattr(self, match[4]), chosen, match[4]
        match = _STATUS.fullmatch(path) if method == "GET" else None
        if match:
            chosen = _chosen(match[1] or "", match[2], match[3])
            return self.metadata if match[4] else self.status, chosen, None
        raise invalid(f"Malformed request: {method} {path}")

    async def predict(self, chosen, body, deadline):
        document = await self.inference.off_loop(len(body), parse_object, body)
        wanted = signature_name(document) or DEFAULT_SIGNATURE
        async with self.manager.lease(*chosen) as version:
            signature = version.servable.signature(wanted)
            if signature is None:
                raise invalid(f'Serving signature name: "{wanted}" not found in signature def')
            if not signature.inputs:
                raise invalid(f"Failed to get input map for signature: {signature_name(document) or 'DEFAULT'}")
            dtypes = predict.dtypes(signature.inputs)
            layout, arrays = await self.inference.off_loop(len(body), decode_predict, document, dtypes)
            call = predict.prepare(chosen[0], version.servable, wanted, arrays)
            outputs = await self.inference.run(call, deadline)
        size = sum(array.nbytes for array in outputs.values())
        return await self.inference.off_loop(
            size, encode_predictions, outputs, predict.dtypes(signature.outputs), layout
        )

    async def classify(self, chosen, body, deadline):
        outputs, count = await self._examples(chosen, body, deadline, "Classify")
        rows = classify_regress.classifications(outputs, count)
        return to_text({"results": [[[label.decode("utf-8", "replace"), s] for label, s in row] for row in rows]})

    async def regress(self, chosen, body, deadline):
        outputs, count = await self._examples(chosen, body, deadline, "Regress")
        return to_text({"results": classify_regress.regressions(outputs, count)})

    async def status(self, chosen, body, deadline):
        name, number, _ = chosen
        if not name:
            raise invalid("Missing model name in request.")
        response = messages.status_response(self.manager.statuses(name, number))
        return to_text(json_format.MessageToDict(response, always_print_fields_with_no_presence=True))

    async def metadata(self, chosen, body, deadline):
        if not chosen[0]:
            raise invalid("Missing model name in request.")
        async with self.manager.lease(*chosen) as version:
            signatures = messages.signature_map(version)
            response = messages.metadata_response(chosen[0], version)
        return to_text(
            {
                "model_spec": _proto_to_dict(response.model_spec),
                "metadata": {"signature_def": _proto_to_dict(signatures)},
            }
        )

    async def _examples(self, chosen, body, deadline, api):
        document = await self.inference.off_loop(len(body), parse_object, body)
        wanted = signature_name(document)
        examples = await self.inference.off_loop(len(body), classify_regress.examples_of_json, document)
        async with self.manager.lease(*chosen) as version:
            call = classify_regress.prepare(chosen[0], version.servable, wanted, examples, api)
            return await self.inference.run(call, deadline), len(examples)


def _chosen(name, number, label):
    """Model name, version number or None, label or None, from their places in a path."""
    if number is not None and int(number[:20]) > _LARGEST_VERSION:
        raise UnreadableVersion(f"Failed to convert version: {number} to numeric.")
    unquote = urllib.parse.unquote
    return unquote(name), None if number is None else int(number), None if label is None else unquote(label)


def _proto_to_dict(message):
    return json_format.MessageToDict(
        message, preserving_proto_field_name=True, always_print_fields_with_no_presence=True
    )
