"""Hostile requests: no server error, no crash, bounded memory, and a good request right after is answered."""

import collections
import concurrent.futures

import pytest
import requests

from tests.serving import hostile

pytestmark = pytest.mark.serve

_DOCUMENTED_SERVER_ERRORS = {501}
"""A type that JSON cannot hold is UNIMPLEMENTED, as in TensorFlow Serving."""
_BROKEN = ("UNKNOWN", "INTERNAL", "UNAVAILABLE", "DATA_LOSS")
_MOST_GROWTH = 300 * 2**20


def send_rest(target, seeds):
    statuses = collections.Counter()
    with requests.Session() as session:
        for seed in seeds:
            method, path, headers, body = hostile.rest_request(seed)
            request = requests.Request(method, target.url, data=body, headers=headers).prepare()
            request.url = target.url + path
            try:
                reply = session.send(request, timeout=30)
            except (requests.ConnectionError, requests.exceptions.InvalidURL):
                # The server may hang up on a body that it does not want; that it lives is checked below.
                statuses["closed"] += 1
                continue
            assert reply.status_code < 500 or reply.status_code in _DOCUMENTED_SERVER_ERRORS, (seed, reply.text[:500])
            statuses[reply.status_code] += 1
    return statuses


def send_grpc(target, seeds):
    import grpc

    codes = collections.Counter()
    names = ("Predict", "Classify", "Regress", "GetModelMetadata", "MultiInference")
    with grpc.insecure_channel(target.grpc) as channel:
        for seed in seeds:
            method = f"/tensorflow.serving.PredictionService/{names[seed % 7 % 5]}"
            try:
                channel.unary_unary(method)(hostile.grpc_request(seed), timeout=30)
                codes["OK"] += 1
            except grpc.RpcError as error:
                assert error.code().name not in _BROKEN, (seed, error.code(), error.details()[:500])
                codes[error.code().name] += 1
    return codes


def attack(target, count):
    before = target.process.resident_bytes()
    shares = [range(start, count, 4) for start in range(4)]
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        rest = list(pool.map(lambda seeds: send_rest(target, seeds), shares))
        grpc = list(pool.map(lambda seeds: send_grpc(target, seeds), [range(s.start, count // 5, 4) for s in shares]))
    answer = requests.post(f"{target.url}/v1/models/half_plus_two:predict", json={"instances": [1.0]}, timeout=10)
    assert answer.json() == {"predictions": [2.5]}
    assert target.process.process.poll() is None
    assert target.process.resident_bytes() - before < _MOST_GROWTH
    assert "Traceback" not in target.process.log.read_text()
    return sum(rest, collections.Counter()), sum(grpc, collections.Counter())


def test_hostile_requests(local):
    rest, grpc = attack(local, 400)
    assert {400, 404, 413} <= rest.keys()
    assert {"INVALID_ARGUMENT", "NOT_FOUND"} <= grpc.keys()


@pytest.mark.slow
def test_5000_hostile_requests(local):
    rest, grpc = attack(local, 5000)
    print(dict(rest), dict(grpc))
