"""The one error of this room: a canonical status code with the server's own text."""

HTTP_STATUS = {
    "OK": 200,
    "INVALID_ARGUMENT": 400,
    "FAILED_PRECONDITION": 400,
    "OUT_OF_RANGE": 400,
    "UNAUTHENTICATED": 401,
    "PERMISSION_DENIED": 403,
    "NOT_FOUND": 404,
    "ALREADY_EXISTS": 409,
    "ABORTED": 409,
    "RESOURCE_EXHAUSTED": 429,
    "CANCELLED": 499,
    "UNKNOWN": 500,
    "INTERNAL": 500,
    "DATA_LOSS": 500,
    "UNIMPLEMENTED": 501,
    "UNAVAILABLE": 503,
    "DEADLINE_EXCEEDED": 504,
}
"""TensorFlow Serving's map from status codes, spelled as gRPC spells them, to HTTP."""

_CODES = {200: "OK", 400: "INVALID_ARGUMENT", 409: "ABORTED", 413: "RESOURCE_EXHAUSTED", 500: "INTERNAL"} | {
    status: code for code, status in HTTP_STATUS.items() if status not in (200, 400, 409, 500)
}


class ServingError(Exception):
    """A request that was answered with an error, or not at all.

    Args:
        code: name of the gRPC status code, e.g. "INVALID_ARGUMENT".
        message: what the server said.
    """

    def __init__(self, code, message):
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message

    @property
    def http_status(self):
        return HTTP_STATUS[self.code]


def code_of_http_status(status):
    """The code that an HTTP status stands for; where several share one, the likeliest."""
    return _CODES.get(status, "UNKNOWN")


def invalid(message):
    """An INVALID_ARGUMENT error, the commonest by far."""
    return ServingError("INVALID_ARGUMENT", message)
