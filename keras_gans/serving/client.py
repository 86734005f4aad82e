"""The client of a served generator, over REST or gRPC, against TensorFlow Serving or the local server."""

import dataclasses
import time

import numpy as np

from keras_gans.serving.errors import ServingError
from keras_gans.serving.retries import call_with_retries

_SCHEMES = ("http", "https", "grpc")
_POLL_SECONDS = 0.1


@dataclasses.dataclass(frozen=True)
class VersionStatus:
    """A version's state on the server.

    Args:
        version: its number.
        state: "START", "LOADING", "AVAILABLE", "UNLOADING" or "END".
        error_code: "OK", or the name of the code with which loading failed.
        error_message: why loading failed.
    """

    version: int
    state: str
    error_code: str = "OK"
    error_message: str = ""


class Client:
    """Requests samples from a server.

        client = keras_gans.serving.Client("http://127.0.0.1:8501")
        images = client.sample("wgan_gp_mnist", seeds=range(16))     # uint8 (16, 28, 28, 1)

    An error is a `ServingError` with the status code and the server's own text. UNAVAILABLE (a full queue, a server
    that is not there yet) is tried again with growing pauses; nothing else is.

    Args:
        url: `http://host:8501`, `https://host/prefix` or `grpc://host:8500`.
        timeout: seconds for a request and its repetitions together.
        retries: how often a request is tried again.
        headers: `{name: value}` sent with every request, e.g. a proxy's authorization.
    """

    def __init__(self, url, timeout=30.0, retries=4, headers=None):
        scheme, separator, address = url.partition("://")
        if scheme not in _SCHEMES or not separator or not address:
            raise ValueError(f"Expected http://, https:// or grpc:// and a host, received: url={url!r}")
        self.url = url
        self.timeout = timeout
        self.retries = retries
        if scheme == "grpc":
            from keras_gans.serving.grpc_transport import GrpcTransport

            self._transport = GrpcTransport(address.rstrip("/"), headers or {})
        else:
            from keras_gans.serving.rest_transport import RestTransport

            self._transport = RestTransport(url.rstrip("/"), headers or {})

    def sample(self, name, seeds, labels=None, truncation=None, version=None, label_name=None):
        """Images, uint8 `(n, height, width, channels)`: row k depends on `seeds[k]` (and `labels[k]`) alone.

        Args:
            name: the model's name.
            seeds: `(n,)` integers in [0, 2^63).
            labels: `(n,)` classes, for a model that has them.
            truncation: one number or `(n,)`, for a model that has it.
            version: a version number; None for the newest.
            label_name: a version label, e.g. "stable", instead of a number.
        """
        inputs = _sample_inputs(seeds, labels, truncation)
        return self.predict(name, inputs, "", version, label_name)["images"].astype(np.uint8)

    def sample_png(self, name, seeds, labels=None, truncation=None, version=None, label_name=None):
        """The images of `sample` as a list of PNG files (bytes): over REST a fraction of the traffic."""
        inputs = _sample_inputs(seeds, labels, truncation)
        return list(self.predict(name, inputs, "sample_png", version, label_name)["image_bytes"])

    def generate(self, name, latents, labels=None, version=None, label_name=None):
        """Images of given latents `(n, latent_dim)`, float32 in [-1, 1]."""
        inputs = {"latents": np.asarray(latents, np.float32)} | _labels(labels)
        return self.predict(name, inputs, "generate", version, label_name)["images"].astype(np.float32)

    def score(self, name, images, labels=None, version=None, label_name=None):
        """The discriminator's unbounded scores `(n,)` of float32 images in [-1, 1]; high means real."""
        inputs = {"images": np.asarray(images, np.float32)} | _labels(labels)
        return self.predict(name, inputs, "score", version, label_name)["scores"].astype(np.float32)

    def predict(self, name, inputs, signature_name="", version=None, label_name=None):
        """Any signature: arrays in, arrays out. Over REST the output's types are JSON's.

        Args:
            name: the model's name.
            inputs: `{input name: array}`.
            signature_name: the signature, empty for `serving_default`.
            version: a version number; None for the newest.
            label_name: a version label instead of a number.
        """
        if version is not None and label_name is not None:
            raise ValueError(f"Expected one of the two, received: version={version!r}, label_name={label_name!r}")
        arrays = {key: np.asarray(value) for key, value in inputs.items()}
        return self._call(self._transport.predict, name, arrays, signature_name, version, label_name)

    def status(self, name, version=None):
        """The `VersionStatus`es of a model, newest first."""
        rows = self._call(self._transport.status, name, version)
        return [VersionStatus(*row) for row in rows]

    def wait_until_ready(self, name, version=None, timeout=60.0):
        """Returns once a version (the given one, or any) is AVAILABLE; after `timeout` seconds DEADLINE_EXCEEDED."""
        deadline = time.monotonic() + timeout
        last = "no answer"
        while time.monotonic() < deadline:
            try:
                statuses = [VersionStatus(*row) for row in self._transport.status(name, version, timeout=self.timeout)]
                if any(status.state == "AVAILABLE" for status in statuses):
                    return
                last = str(statuses)
            except ServingError as error:
                if error.code not in ("UNAVAILABLE", "NOT_FOUND", "DEADLINE_EXCEEDED"):
                    raise
                last = str(error)
            time.sleep(_POLL_SECONDS)
        raise ServingError("DEADLINE_EXCEEDED", f"{name} was not ready after {timeout} seconds; last: {last}")

    def close(self):
        """Closes the connections."""
        self._transport.close()

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()

    def _call(self, method, *arguments):
        return call_with_retries(lambda left: method(*arguments, timeout=left), self.timeout, self.retries)


def _sample_inputs(seeds, labels, truncation):
    seeds = np.asarray(list(seeds), np.int64)
    inputs = {"seed": seeds} | _labels(labels)
    if truncation is not None:
        inputs["truncation"] = np.broadcast_to(np.asarray(truncation, np.float32), seeds.shape)
    return inputs


def _labels(labels):
    return {} if labels is None else {"label": np.asarray(labels, np.int32)}
