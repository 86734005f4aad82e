# ruff: noqa: E501 - tables are read by the row.
"""TensorFlow Serving's REST contract as tables: request, status, answer. Black box: any server may be under test."""

import json
import math

import pytest

from tests.serving.rest import TWO, M, ask, predict

pytestmark = pytest.mark.serve


MALFORMED = [
    ("GET", TWO + ":predict"),
    ("GET", TWO + "/"),
    ("POST", TWO),
    ("PUT", TWO + ":predict"),
    ("DELETE", TWO),
    ("GET", TWO + "/version/1"),
    ("GET", TWO + "/versions/x"),
    ("POST", TWO + ":PREDICT"),
    ("POST", TWO + ":predict?x=1"),
    ("POST", TWO + "/versions/1/labels/stable:predict"),
    ("POST", TWO + ":train"),
    ("GET", "/v1/"),
    ("GET", "/v1/modelsx"),
]


@pytest.mark.parametrize("method, path", MALFORMED)
def test_malformed_request(target, method, path):
    answer = ask(target, method, path, "{}")
    assert answer.status_code == 400
    assert answer.json() == {"error": f"Malformed request: {method} {path}"}


ROUTES = [
    ("GET", TWO, 200),
    ("GET", "/V1/MODELS/half_plus_two", 200),
    ("GET", TWO + "/versions/1", 200),
    ("GET", TWO + "/versions/0001", 200),
    ("GET", TWO + "/versions/9", 404),
    ("GET", TWO + "?x=1", 404),
    ("GET", M + "slash%2Fname", 200),
    ("GET", M + "slash/name", 400),
    ("GET", TWO + "/metadata", 200),
    ("GET", TWO + "/versions/1/metadata", 200),
    ("GET", M + "versions/labels/stable/metadata", 200),
    ("GET", M + "versions/labels/unknown", 200),
    ("GET", M + "unknown/metadata", 404),
    ("GET", "/v1/models", 400),
    ("HEAD", TWO, 400),
    ("POST", "/monitoring/prometheus/metrics", 200),
    ("GET", "/monitoring/prometheus/metrics?x=1", 400),
]


@pytest.mark.parametrize("method, path, status", ROUTES)
def test_route(target, method, path, status):
    assert ask(target, method, path).status_code == status


@pytest.mark.parametrize("path", ["/", "/v2/models", "/v1", "/favicon.ico"])
def test_other_paths_are_404_pages(target, path):
    answer = ask(target, "GET", path)
    assert answer.status_code == 404
    assert answer.headers["Content-Type"].startswith("text/html")


def test_version_beyond_64_bits_has_no_body(target):
    answer = ask(target, "POST", TWO + "/versions/99999999999999999999:predict", "{}")
    assert (answer.status_code, answer.text) == (400, "")


def test_options_needs_an_origin(target):
    assert ask(target, "OPTIONS", TWO, headers={"Origin": "http://example.org"}).status_code == 200
    assert ask(target, "OPTIONS", TWO).status_code == 400


def test_content_type(target):
    for answer in (ask(target, "GET", TWO), predict(target, "half_plus_two", "[")):
        assert answer.headers["Content-Type"] == "application/json"
        assert "Access-Control-Allow-Origin" not in answer.headers


INF, NAN = math.inf, math.nan
PREDICTIONS = [
    ("half_plus_two", '{"instances": [1.0, 2.0, 5.0]}', {"predictions": [2.5, 3.0, 4.5]}),
    ("half_plus_two", '{"instances": [1, 2e0, -0]}', {"predictions": [2.5, 3.0, 2.0]}),
    ("half_plus_two", '{"instances": [{"x": 1.0}, {"x": 2.0}]}', {"predictions": [2.5, 3.0]}),
    ("half_plus_two", '{"inputs": [1.0, 2.0]}', {"outputs": [2.5, 3.0]}),
    ("half_plus_two", '{"inputs": {"x": [1.0, 2.0]}}', {"outputs": [2.5, 3.0]}),
    ("half_plus_two", '{"inputs": {"x": [1.0], "unknown": 3}}', {"outputs": [2.5]}),
    ("half_plus_two", '{"inputs": {"x": []}}', {"outputs": []}),
    ("half_plus_two", '{"instances": [1.0], "unknown": {"deep": [1]}}', {"predictions": [2.5]}),
    ("half_plus_two", '{"instances": [1.0]} trailing text', {"predictions": [2.5]}),
    ("half_plus_two", '{"instances": [1.0], "instances": [2.0]}', {"predictions": [2.5]}),
    ("half_plus_two", '{"signature_name": "serving_default", "instances": [1.0]}', {"predictions": [2.5]}),
    ("half_plus_two", '{"signature_name": "", "instances": [1.0]}', {"predictions": [2.5]}),
    ("half_plus_two", '{"instances": [NaN, Infinity, -Infinity]}', {"predictions": [NAN, INF, -INF]}),
    ("half_plus_two", '{"instances": [Inf, -Inf]}', {"predictions": [INF, -INF]}),
    ("half_plus_two", '{"instances": [1e300, -1e300, 1e-300]}', {"predictions": [INF, -INF, 2.0]}),
    ("half_plus_two", '\ufeff {"instances": [1.0]}', {"predictions": [2.5]}),
    ("multi_input", '{"instances": [{"a": 1, "b": 2}]}', {"predictions": [{"sum": 3.0, "difference": -1.0}]}),
    ("multi_input", '{"inputs": {"a": [1, 2], "b": [2, 2]}}', {"outputs": {"sum": [3.0, 4.0], "difference": [-1, 0]}}),
    ("multi_input", '{"signature_name": "nested", "instances": [[[1, 2], [3, 4]]]}', {"predictions": [[[2, 4], [6, 8]]]}),
    ("multi_input", '{"signature_name": "scalar", "inputs": [1, 2, 3]}', {"outputs": 6.0}),
    ("multi_input", '{"signature_name": "scalar", "inputs": 4}', {"outputs": 4.0}),
    ("multi_input", '{"signature_name": "uneven", "inputs": [1, 2]}', {"outputs": {"whole": [1, 2], "tail": [2]}}),
    ("multi_input", '{"signature_name": "logarithm", "inputs": [0, -1]}', {"outputs": [-INF, NAN]}),
    ("uint8", '{"instances": [1, 254, 255]}', {"predictions": [2, 255, 0]}),
    ("uint8", '{"inputs": [300, -1]}', {"outputs": [45, 0]}),
    ("uint8", '{"instances": [[1, 2], [3, 4]]}', {"predictions": [[2, 3], [4, 5]]}),
    ("int64", '{"instances": [9007199254740993]}', {"predictions": [9007199254740994]}),
    ("int64", '{"instances": [-9223372036854775808]}', {"predictions": [-9223372036854775807]}),
    ("bool", '{"instances": [true, false]}', {"predictions": [False, True]}),
    ("identity", '{"signature_name": "float64", "instances": [0.1, 1e300]}', {"predictions": [0.1, 1e300]}),
    ("identity", '{"signature_name": "int32", "instances": [-5, 2147483647]}', {"predictions": [-5, 2147483647]}),
    ("identity", '{"signature_name": "int16", "instances": [65537]}', {"predictions": [1]}),
    ("identity", '{"signature_name": "int8", "instances": [200]}', {"predictions": [-56]}),
    ("identity", '{"signature_name": "uint32", "instances": [4294967295]}', {"predictions": [4294967295]}),
    ("identity", '{"signature_name": "uint64", "instances": [18446744073709551615]}', {"predictions": [2**64 - 1]}),
    ("text", '{"signature_name": "length", "instances": ["abc", "é"]}', {"predictions": [3, 2]}),
    ("text", '{"signature_name": "length", "instances": [{"b64": "AAEC"}]}', {"predictions": [3]}),
    ("text", '{"signature_name": "length", "inputs": {"b64": "AAEC"}}', {"outputs": 3}),
    ("text", '{"signature_name": "length", "instances": [{"b64": "AAE"}]}', {"predictions": [2]}),
    ("text", '{"signature_name": "echo", "instances": ["\\u00e9\\n\\"", ""]}', {"predictions": ['é\n"', ""]}),
]  # fmt: skip


@pytest.mark.parametrize("model, body, expected", PREDICTIONS)
def test_prediction(target, model, body, expected):
    answer = predict(target, model, body.encode())
    assert answer.status_code == 200, answer.text
    # NaN is not equal to itself; its text is.
    assert json.dumps(normal(answer.json()), sort_keys=True) == json.dumps(normal(expected), sort_keys=True)


def normal(value):
    """A value whose numbers compare as numbers: 3 equals 3.0."""
    if isinstance(value, dict):
        return {key: normal(item) for key, item in value.items()}
    if isinstance(value, list):
        return [normal(item) for item in value]
    return float(value) if type(value) is int and abs(value) < 2**53 else value


ELEMENT = "Failed to process element: {} of 'instances' list. Error: INVALID_ARGUMENT: "
ERRORS = [
    ("half_plus_two", "", 400, "JSON Parse error: The document is empty"),
    ("half_plus_two", "hello", 400, "JSON Parse error: Invalid value. at offset: 0"),
    ("half_plus_two", "[1]", 400, "Is not object"),
    ("half_plus_two", '{"instances": [1.0', 400, "JSON Parse error: Missing a comma or ] after an array element."),
    ("half_plus_two", '{"a" 1}', 400, "JSON Parse error: Missing a colon after a name of object member. at offset: 5"),
    ("half_plus_two", '{"a": 1e999, "instances": [1]}', 400, "JSON Parse error: Number too big to be stored in double."),
    ("half_plus_two", "{}", 400, "Missing 'inputs' or 'instances' key"),
    ("half_plus_two", '{"instances": [1], "inputs": [1]}', 400, "Not formatted correctly expecting only one of"),
    ("half_plus_two", '{"instances": 1}', 400, "to be an list/array"),
    ("half_plus_two", '{"instances": []}', 400, "No values in 'instances' array"),
    ("half_plus_two", '{"signature_name": 3, "instances": [1]}', 400, "'signature_name' key must be a string value."),
    ("half_plus_two", '{"signature_name": "no", "instances": [1]}', 400, 'name: "no" not found in signature def'),
    ("half_plus_two", '{"instances": ["x"]}', 400, ELEMENT.format(0) + 'JSON Value: "x" Type: String is not of expected type: float'),
    ("half_plus_two", '{"instances": [1, true]}', 400, ELEMENT.format(1) + "JSON Value: true Type: True is not of expected type: float"),
    ("half_plus_two", '{"instances": [null]}', 400, "JSON Value: null Type: Null is not of expected type: float"),
    ("half_plus_two", '{"instances": [1, [2]]}', 400, "Expecting shape [] but got: [1]"),
    ("half_plus_two", '{"instances": [[1, 2], [3]]}', 400, "Expecting tensor size: 2 but got: 1"),
    ("half_plus_two", '{"instances": [[1, 2], [[1, 2]]]}', 400, "Expecting shape [2] but got: [1,2]"),
    ("half_plus_two", '{"instances": [[[1, 2], [3]]]}', 400, "Encountered list at unexpected size: 1 at level: 1 expected size: 2"),
    ("half_plus_two", '{"instances": [{"x": 1}, 2]}', 400, "Expecting object but got list at item 1 of input list"),
    ("half_plus_two", '{"instances": [1, {"x": 2}]}', 400, "Expecting value/list but got object at item 1 of input list"),
    ("half_plus_two", '{"instances": [{"k": 1}]}', 400, "JSON object: does not have named input: k"),
    ("half_plus_two", '{"instances": [{}]}', 400, "keys must be equal to: x"),
    ("half_plus_two", '{"inputs": {"z": [1]}}', 400, "Missing named input: x in 'inputs' object."),
    ("half_plus_two", '{"inputs": [1, "x"]}', 400, 'JSON Value: "x" Type: String is not of expected type: float'),
    ("half_plus_two", '{"inputs": [[1, 2], [3]]}', 400, "Encountered list at unexpected size: 1 at level: 1 expected size: 2"),
    ("half_plus_two", '{"inputs": [[1], 2]}', 400, "found at incorrect level: "),
    ("half_plus_two", '{"inputs": [1, [2]]}', 400, "Encountered list at unexpected level: 1 expected < 1"),
    ("multi_input", '{"instances": [1, 2]}', 400, "instances is a plain list, but expecting list of objects"),
    ("multi_input", '{"instances": [{"a": 1}]}', 400, "keys must be equal to: a,b"),
    ("multi_input", '{"instances": [{"a": "q", "b": 1}]}', 400, "Failed to process element: 0 key: a of 'instances' list."),
    ("multi_input", '{"inputs": {"a": [1]}}', 400, "Missing named input: b in 'inputs' object."),
    ("multi_input", '{"inputs": [1]}', 400, "inputs is a plain value/list, but expecting an object"),
    ("multi_input", '{"signature_name": "scalar", "instances": [1]}', 400, "Tensor name: total has no shape information"),
    ("multi_input", '{"signature_name": "uneven", "instances": [1, 2]}', 400, "has inconsistent batch size: "),
    ("multi_input", '{"signature_name": "matrix", "inputs": [[1, 2]]}', 400, "Matrix size-incompatible: In[0]: [1,2], In[1]: [3,3]"),
    ("uint8", '{"inputs": [1.0]}', 400, "JSON Value: 1.0 Type: Number is not of expected type: uint8"),
    ("uint8", '{"inputs": [2147483648]}', 400, "is not of expected type: uint8"),
    ("int64", '{"inputs": [9223372036854775808]}', 400, "is not of expected type: int64"),
    ("int64", '{"inputs": [true]}', 400, "JSON Value: true Type: True is not of expected type: int64"),
    ("int64", '{"inputs": ["1"]}', 400, 'JSON Value: "1" Type: String is not of expected type: int64'),
    ("bool", '{"inputs": [1]}', 400, "JSON Value: 1 Type: Number is not of expected type: bool"),
    ("half", '{"inputs": [1.0]}', 501, "Conversion of JSON Value: 1.0 to type: half"),
    ("half", '{"instances": [1.0]}', 400, "Error: UNIMPLEMENTED: Conversion of JSON Value: 1.0 to type: half"),
    ("half", '{"signature_name": "widened", "inputs": [1.0]}', 400, "Failed to write JSON value for tensor type: half"),
    ("identity", '{"signature_name": "bfloat16", "inputs": [1.0]}', 501, "to type: bfloat16"),
    ("identity", '{"signature_name": "uint16", "inputs": [1]}', 501, "to type: uint16"),
    ("identity", '{"signature_name": "complex64", "inputs": [1]}', 501, "to type: complex64"),
    ("identity", '{"signature_name": "uint32", "inputs": [-1]}', 400, "is not of expected type: uint32"),
    ("text", '{"inputs": [3]}', 400, "JSON Value: 3 Type: Number is not of expected type: string"),
    ("text", '{"inputs": [{"b64": "*"}]}', 400, "Unable to base64 decode"),
    ("text", '{"inputs": [{"b64": "_-8="}]}', 400, "Unable to base64 decode"),
    ("text", '{"inputs": {"text": [{"b64": 3}]}}', 400, "not formatted correctly for base64 data"),
    ("unknown", "[", 400, "JSON Parse error: "),
    ("unknown", '{"instances": [1]}', 404, "Servable not found for request: Latest(unknown)"),
]  # fmt: skip


@pytest.mark.parametrize("model, body, status, message", ERRORS)
def test_error(target, model, body, status, message):
    answer = predict(target, model, body)
    assert answer.status_code == status, answer.text
    assert message in answer.json()["error"]
