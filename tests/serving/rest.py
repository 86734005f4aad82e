"""Requests to the REST API as they are, odd paths included."""

import json

import requests

M = "/v1/models/"
TWO = M + "half_plus_two"


def ask(target, method, path, body=None, **kwargs):
    # requests would normalise some paths; a prepared URL goes out as it is.
    request = requests.Request(method, target.url, data=body, **kwargs).prepare()
    request.url = target.url + path
    with requests.Session() as session:
        return session.send(request, timeout=30)


def predict(target, model, body, path=""):
    text = body if isinstance(body, (str, bytes)) else json.dumps(body)
    return ask(target, "POST", f"{M}{model}{path}:predict", text)
