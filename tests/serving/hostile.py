"""Requests that no honest client sends, drawn from a seed."""

import gzip
import json
import random
import string

_MODELS = (
    "half_plus_two",
    "multi_input",
    "uint8",
    "int64",
    "bool",
    "half",
    "text",
    "generator",
    "unknown",
    "slash%2Fname",
)
_METHODS = ("GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH")
_ODD_NUMBERS = (0, -1, 1e308, 2**63, -(2**63), 2**64, 10**400, 1.5, float("nan"), float("inf"), -0.0)


def rest_request(seed):
    """Method, path, headers and body of a hostile REST request."""
    draw = random.Random(seed)
    kind = draw.choice((_random_path, _random_bytes, _random_json, _random_json, _deep, _broken_json, _gzip, _large))
    return kind(draw)


def grpc_request(seed):
    """The serialized bytes of a hostile gRPC request: random bytes, or a `PredictRequest` of random fields."""
    from tensorflow_serving.apis import predict_pb2

    draw = random.Random(seed)
    if draw.random() < 0.3:
        return draw.randbytes(draw.randrange(200))
    request = predict_pb2.PredictRequest()
    request.model_spec.name = draw.choice(_MODELS)
    request.model_spec.signature_name = draw.choice(("", "", "sample_png", "generate", "matrix", "q"))
    for name in draw.sample(["x", "a", "b", "text", "seed", "label", "truncation", "latents"], draw.randrange(4)):
        _random_tensor(draw, request.inputs[name])
    if draw.random() < 0.1:
        request.output_filter.extend(["y", "q"])
    return request.SerializeToString()


def _random_tensor(draw, proto):
    proto.dtype = draw.choice((1, 2, 3, 4, 7, 9, 10, 14, 19, 20, 21, 101, 999))
    for _ in range(draw.randrange(4)):
        proto.tensor_shape.dim.add(size=draw.choice((-1, 0, 1, 2, 3, 2**20, 2**40, 2**62)))
    proto.tensor_shape.unknown_rank = draw.random() < 0.1
    field = draw.choice(("float_val", "int_val", "int64_val", "bool_val", "string_val", "half_val", "tensor_content"))
    if field == "tensor_content":
        proto.tensor_content = draw.randbytes(draw.randrange(40))
    else:
        value = b"\xff" if field == "string_val" else True if field == "bool_val" else draw.randrange(2**20)
        getattr(proto, field).extend([value] * draw.randrange(5))


def _predict(draw, body, **headers):
    return (
        "POST",
        f"/v1/models/{draw.choice(_MODELS)}:{draw.choice(('predict', 'predict', 'classify', 'regress'))}",
        headers,
        body,
    )


def _random_path(draw):
    pieces = [
        "v1",
        "models",
        *_MODELS,
        "versions",
        "labels",
        "metadata",
        "1",
        "-1",
        "9" * 30,
        ":predict",
        "..",
        "%00",
        "%ff",
        "?",
        "é",
    ]
    path = "/" + "/".join(draw.choice(pieces) for _ in range(draw.randrange(7)))
    return draw.choice(_METHODS), path.replace("é", "%C3%A9"), {}, b"{}"


def _random_bytes(draw):
    return _predict(draw, draw.randbytes(draw.randrange(300)))


def _random_json(draw):
    document = {}
    for key in draw.sample(["instances", "inputs", "signature_name", "examples", "context", "q"], draw.randrange(1, 4)):
        document[key] = _value(draw, 4)
    return _predict(draw, json.dumps(document).encode())


def _value(draw, depth):
    kind = draw.randrange(8 if depth else 6)
    if kind == 0:
        return None
    if kind == 1:
        return draw.random() < 0.5
    if kind in (2, 3):
        return draw.choice(_ODD_NUMBERS)
    if kind == 4:
        return draw.choice(("", "\ud800", "\x00", "é" * 3, "".join(draw.choices(string.printable, k=20))))
    if kind == 5:
        return {"b64": draw.choice(("AAAA", "*", 3, None, "_-8=", ""))}
    if kind == 6:
        return [_value(draw, depth - 1) for _ in range(draw.randrange(5))]
    keys = ["x", "a", "b", "text", "seed", "label", "truncation", "latents", "b64", ""]
    return {key: _value(draw, depth - 1) for key in draw.sample(keys, draw.randrange(4))}


def _deep(draw):
    depth = draw.choice((10, 900, 5000, 100_000))
    opening = draw.choice(("[", '{"a":', '{"inputs":['))
    return _predict(draw, b'{"instances":' + opening.encode() * depth)


def _broken_json(draw):
    body = bytearray(b'{"signature_name": "serving_default", "instances": [{"x": 1.0, "y": [1, 2, "z"]}, NaN]}')
    for _ in range(draw.randrange(1, 6)):
        body[draw.randrange(len(body))] = draw.randrange(256)
    return _predict(draw, bytes(body[: draw.randrange(1, len(body))]))


def _gzip(draw):
    body = gzip.compress(b'{"instances": [' + b" " * draw.choice((10, 2**16, 2**25)) + b"1]}", compresslevel=1)
    if draw.random() < 0.3:
        body = body[: len(body) // 2]
    return _predict(draw, body, **{"Content-Encoding": draw.choice(("gzip", "gzip", "deflate", "br", "q"))})


def _large(draw):
    count = draw.choice((100, 2000, 200_000))
    element = draw.choice(("1", '"a"', "[1,2]", '{"x":1}', "1e999", "9" * 50, "[[[]]]"))
    return _predict(draw, ('{"instances": [' + ",".join([element] * count) + "]}").encode())
