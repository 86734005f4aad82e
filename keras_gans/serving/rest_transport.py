"""TensorFlow Serving's REST API from the client's side."""

import base64
import json
import urllib.parse

import numpy as np
import requests

from keras_gans.serving.errors import ServingError, code_of_http_status, invalid

_TYPES = {
    "DT_FLOAT": np.float32,
    "DT_DOUBLE": np.float64,
    "DT_INT8": np.int8,
    "DT_UINT8": np.uint8,
    "DT_INT16": np.int16,
    "DT_INT32": np.int32,
    "DT_UINT32": np.uint32,
    "DT_INT64": np.int64,
    "DT_UINT64": np.uint64,
    "DT_BOOL": np.bool_,
    "DT_STRING": object,
}


class RestTransport:
    """Columnar predict requests and status requests over kept connections.

    Args:
        url: scheme, host, port and perhaps a path before `/v1`.
        headers: `{name: value}` of every request.
    """

    def __init__(self, url, headers):
        self._url = url
        self._known_types = {}
        self._session = requests.Session()
        self._session.headers.update(headers)

    def predict(self, name, inputs, signature_name, version, label_name, timeout):
        path = _path(name, version, label_name)
        types = self._output_types(path, signature_name or "serving_default", timeout)
        body = {"inputs": {key: _to_json(array) for key, array in inputs.items()}}
        if signature_name:
            body["signature_name"] = signature_name
        outputs = self._request("POST", f"{path}:predict", timeout, body)["outputs"]
        # A single output comes without its name.
        if len(types) == 1:
            outputs = {next(iter(types)): outputs}
        return {key: _from_json(value, types[key]) for key, value in outputs.items()}

    def status(self, name, version, timeout):
        answer = self._request("GET", _path(name, version, None), timeout)
        return [
            (int(row["version"]), row["state"], row["status"]["error_code"], row["status"]["error_message"])
            for row in answer.get("model_version_status", [])
        ]

    def close(self):
        self._session.close()

    def _output_types(self, path, signature_name, timeout):
        """`{output name: numpy type}` of a signature, which JSON does not tell; asked once."""
        key = path, signature_name
        if key not in self._known_types:
            metadata = self._request("GET", f"{path}/metadata", timeout)["metadata"]
            signatures = metadata["signature_def"]["signature_def"]
            if signature_name not in signatures:
                raise invalid(f'Serving signature name: "{signature_name}" not found in signature def')
            outputs = signatures[signature_name]["outputs"]
            self._known_types[key] = {output: _TYPES.get(info["dtype"]) for output, info in outputs.items()}
        return self._known_types[key]

    def _request(self, method, path, timeout, body=None):
        data = None if body is None else json.dumps(body)
        try:
            response = self._session.request(method, self._url + path, data=data, timeout=timeout)
        except requests.Timeout as error:
            raise ServingError("DEADLINE_EXCEEDED", f"No answer within {timeout:.1f} seconds: {error}") from None
        except requests.ConnectionError as error:
            raise ServingError("UNAVAILABLE", str(error)) from None
        if response.status_code != 200:
            raise ServingError(code_of_http_status(response.status_code), _error_text(response))
        try:
            return response.json()
        except ValueError as error:
            raise ServingError("UNKNOWN", f"Expected JSON, received: {response.text[:200]!r} ({error})") from None


def _path(name, version, label_name):
    path = f"/v1/models/{urllib.parse.quote(name, safe='')}"
    if version is not None:
        return f"{path}/versions/{version}"
    return path if label_name is None else f"{path}/labels/{urllib.parse.quote(label_name, safe='')}"


def _error_text(response):
    try:
        return response.json()["error"]
    except (ValueError, KeyError, TypeError):
        return f"HTTP {response.status_code}: {response.text[:200]}"


def _to_json(array):
    if array.dtype.kind in "SO":
        return [{"b64": base64.b64encode(item).decode()} for item in array.tolist()]
    return array.tolist()


def _from_json(value, dtype):
    if dtype is not object:
        return np.asarray(value, dtype)
    array = np.asarray(value, object)
    return np.frompyfunc(_to_bytes, 1, 1)(array) if array.size else array


def _to_bytes(item):
    return item.encode() if isinstance(item, str) else base64.b64decode(item["b64"])
