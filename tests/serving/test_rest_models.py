# ruff: noqa: E501 - tables are read by the row.
"""The rest of TensorFlow Serving's REST contract: versions, labels, bytes, status, metadata, examples, metrics; our limits."""

import base64
import gzip
import json

import pytest

from tests.serving.rest import TWO, M, ask, predict

pytestmark = pytest.mark.serve


CHOICES = [
    ("", 3.5),
    ("/versions/1", 2.5),
    ("/versions/3", 3.5),
    ("/labels/stable", 2.5),
    ("/labels/canary", 3.5),
]


@pytest.mark.parametrize("path, expected", CHOICES)
def test_versions_and_labels(target, path, expected):
    assert predict(target, "versions", {"instances": [1.0]}, path).json() == {"predictions": [expected]}


@pytest.mark.parametrize(
    "path, status, message",
    [
        ("/versions/2", 404, "Servable not found for request: Specific(versions, 2)"),
        ("/labels/other", 400, "Unrecognized servable version label: other"),
    ],
)
def test_unknown_choice(target, path, status, message):
    answer = predict(target, "versions", {"instances": [1.0]}, path)
    assert (answer.status_code, answer.json()) == (status, {"error": message})


def test_bytes_go_out_as_base64_where_the_name_says_so(target):
    answer = predict(target, "text", {"inputs": ["ab"]}).json()["outputs"]
    assert answer == {"upper": ["AB"], "upper_bytes": [{"b64": base64.b64encode(b"AB").decode()}]}


def test_gzip_request(target):
    body = gzip.compress(b'{"instances": [1.0]}')
    answer = ask(target, "POST", TWO + ":predict", body, headers={"Content-Encoding": "gzip"})
    assert answer.json() == {"predictions": [2.5]}


def test_broken_gzip_counts_as_empty(target):
    answer = ask(target, "POST", TWO + ":predict", b"not gzip at all", headers={"Content-Encoding": "gzip"})
    assert answer.status_code == 400
    assert "The document is empty" in answer.json()["error"]


def test_content_type_of_requests_is_ignored(target):
    answer = ask(target, "POST", TWO + ":predict", '{"instances": [1.0]}', headers={"Content-Type": "image/png"})
    assert answer.json() == {"predictions": [2.5]}


def test_status_lists_newest_first(target):
    answer = ask(target, "GET", M + "versions").json()["model_version_status"]
    ok = {"error_code": "OK", "error_message": ""}
    assert answer == [{"version": number, "state": "AVAILABLE", "status": ok} for number in ("3", "1")]


@pytest.mark.parametrize(
    "path, message",
    [
        (M + "unknown", "Could not find any versions of model unknown"),
        (TWO + "/versions/9", "Could not find version 9 of model half_plus_two"),
    ],
)
def test_status_of_the_unknown(target, path, message):
    answer = ask(target, "GET", path)
    assert (answer.status_code, answer.json()) == (404, {"error": message})


def test_metadata(target):
    answer = ask(target, "GET", TWO + "/metadata").json()
    assert answer["model_spec"] == {"name": "half_plus_two", "signature_name": "", "version": "1"}
    signature = answer["metadata"]["signature_def"]["signature_def"]["serving_default"]
    assert signature["method_name"] == "tensorflow/serving/predict"
    assert signature["defaults"] == {}
    shape = {"dim": [{"size": "-1", "name": ""}], "unknown_rank": False}
    assert signature["inputs"]["x"] == {"name": "serving_default_x:0", "dtype": "DT_FLOAT", "tensor_shape": shape}


def test_metadata_of_a_label(target):
    answer = ask(target, "GET", M + "versions/labels/stable/metadata").json()
    assert answer["model_spec"]["version"] == "1"


EXAMPLES = [
    (TWO + ":regress", {"signature_name": "regress_x_to_y", "examples": [{"x": 1.0}, {"x": [2.0]}]}, [2.5, 3.0]),
    (TWO + ":regress", {"signature_name": "regress_x_to_y", "context": {"x": 4.0}, "examples": [{}]}, [4.0]),
    (TWO + ":classify", {"signature_name": "classify_x_to_y", "examples": [{"x": 1.0}]}, [[["y", 2.5]]]),
]


@pytest.mark.parametrize("path, body, expected", EXAMPLES)
def test_examples(target, path, body, expected):
    answer = ask(target, "POST", path, json.dumps(body))
    assert (answer.status_code, answer.json()) == (200, {"results": expected})


EXAMPLE_ERRORS = [
    ("generator:classify", {"examples": [{"x": 1.0}]}, "Expected one input Tensor."),
    ("generator:regress", {"examples": [{"x": 1.0}]}, "Expected one input Tensor."),
    ("half_plus_two:regress", {"examples": [{"x": 1.0}]}, "No regression inputs found in SignatureDef: "),
    ("half_plus_two:classify", {"examples": [{"x": 1.0}]}, "No classification inputs found in SignatureDef: "),
    ("half_plus_two:classify", {"signature_name": "no", "examples": [{}]}, "No signature was found with the name: no"),
    ("half_plus_two:regress", {"examples": []}, "value is an empty array"),
    ("half_plus_two:regress", {"examples": 1}, "value to be an list/array"),
    ("half_plus_two:regress", {}, "is expected and was not found"),
    ("half_plus_two:regress", {"examples": [1]}, "Example must be JSON object but got JSON Number"),
    ("half_plus_two:regress", {"examples": [{"x": [1.0, 2]}]}, "Unexpected element type in feature: x expecting type: float"),
    ("half_plus_two:regress", {"examples": [{"x": None}]}, "Feature: x has element with unexpected JSON type: Null"),
    ("half_plus_two:regress", {"examples": [{"x": [[1.0]]}]}, "Feature: x has element with unexpected JSON type: Array"),
]  # fmt: skip


@pytest.mark.parametrize("path, body, message", EXAMPLE_ERRORS)
def test_examples_error(target, path, body, message):
    answer = ask(target, "POST", M + path, json.dumps(body))
    assert answer.status_code == 400
    assert message in answer.json()["error"]


def test_metrics(target):
    predict(target, "multi_input", {"inputs": {"a": [1], "b": [2]}})
    answer = ask(target, "GET", "/monitoring/prometheus/metrics")
    assert answer.headers["Content-Type"].startswith("text/plain")
    lines = answer.text.splitlines()
    assert "# TYPE :tensorflow:serving:request_count counter" in lines
    assert any(
        line.startswith(':tensorflow:serving:request_count{model_name="multi_input",status="OK"} ') for line in lines
    )
    latency = ':tensorflow:serving:request_latency_bucket{model_name="multi_input",API="predict",entrypoint="REST",le='
    buckets = [line for line in lines if line.startswith(latency)]
    assert len(buckets) == 34
    assert buckets[0].startswith(latency + '"10"} ')
    assert buckets[-1].startswith(latency + '"+Inf"} ')
    counts = [int(line.rsplit(" ", 1)[1]) for line in buckets]
    assert counts == sorted(counts)
    assert not any(line.startswith("# HELP") for line in lines)


def test_body_limit(local):
    answer = predict(local, "half_plus_two", '{"instances": [' + "1," * 2**20 + "1]}")
    assert answer.status_code == 413
    assert "at most 1048576 bytes" in answer.json()["error"]


def test_body_limit_counts_inflated_bytes(local):
    bomb = gzip.compress(b" " * 2**26)
    answer = ask(local, "POST", TWO + ":predict", bomb, headers={"Content-Encoding": "gzip"})
    assert answer.status_code == 413


def test_rows_limit(local):
    answer = predict(local, "half_plus_two", {"instances": [0] * 1025})
    assert answer.status_code == 400
    assert answer.json() == {"error": "Expected a request of at most 1024 rows, received: 1025"}
