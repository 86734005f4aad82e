"""A model on a running server, as something that samples."""

import bisect
import functools

import numpy as np
import requests

from keras_gans import registry
from keras_gans.images import to_uint8
from keras_gans.latents import Truncated
from keras_gans.serving import Client, ServingError

_MOST_ROWS = 128
_MOST_CLASSES = 10_000
_LARGEST_THRESHOLD = 10
_PROBE = (0, 1)


class Served:
    """What the tools of `latent_space` ask of a model, answered by a server.

    What the protocol does not say is found out by asking: the number of classes is the smallest class that the server
    refuses, the threshold of truncated latents the largest multiple of 0.05 that it takes, and another prior the one
    whose latents of a seed give the image of that seed.

    Args:
        url: `http://host:8501` or `https://host/prefix`.
        name: the model's name on the server.
        latents: the prior, for a model whose prior is none of the registered ones with their defaults.
        timeout: seconds for a request.

    Raises:
        ValueError: where there is no such model, it is none of this package, or its prior is unknown.
    """

    def __init__(self, url, name, latents=None, timeout=30.0):
        if not url.startswith(("http://", "https://")):
            raise ValueError(f"Expected http:// or https:// and a host, received: {url!r}")
        self.name = name
        self._client = Client(url, timeout=timeout)
        shapes = _input_shapes(f"{url.rstrip('/')}/v1/models/{name}/metadata", timeout)
        self.latent_dim = shapes["generate"]["latents"][-1]
        self.takes_labels = ("generator",) if "label" in shapes["generate"] else ()
        self._truncates = "truncation" in shapes["sample"]
        self.num_classes = self._count_classes() if self.takes_labels else None
        if latents is None:
            latents = Truncated(self._find_threshold()) if self._truncates else self._find_prior()
        self.latents = registry.get("latents", latents)

    def sample(self, n=None, seed=0, seeds=None, labels=None):
        """uint8 images `(n, height, width, channels)`, as `sample` of a game."""
        seeds = list(range(seed, seed + n) if seeds is None else seeds)
        if self.takes_labels and labels is None:
            labels = np.asarray(seeds) % self.num_classes
        request = functools.partial(self._client.sample, truncation=self.latents.threshold if self._truncates else None)
        return self._in_parts(request, np.asarray(seeds), labels)

    def generate(self, latents, labels=None):
        """Images of latents `(n, latent_dim)`, float32 in [-1, 1]."""
        return self._in_parts(self._client.generate, np.asarray(latents, "float32"), labels)

    def _in_parts(self, request, rows, labels):
        labels = None if labels is None else np.broadcast_to(labels, (len(rows),))
        parts = [slice(first, first + _MOST_ROWS) for first in range(0, len(rows), _MOST_ROWS)]
        answers = [request(self.name, rows[part], None if labels is None else labels[part]) for part in parts]
        return np.concatenate(answers)

    def _count_classes(self):
        latents = np.zeros((1, self.latent_dim))
        classes = range(1, _MOST_CLASSES)
        return 1 + bisect.bisect_left(classes, True, key=lambda label: self._refuses("generate", latents, [label]))

    def _find_threshold(self):
        labels = [0] if self.takes_labels else None
        twentieths = range(1, 20 * _LARGEST_THRESHOLD)
        return bisect.bisect_left(twentieths, True, key=lambda t: self._refuses("sample", [0], labels, t / 20)) / 20

    def _refuses(self, signature, *inputs):
        """Whether the server finds the inputs of a request wrong."""
        try:
            getattr(self._client, signature)(self.name, *inputs)
        except ServingError as error:
            if error.code != "INVALID_ARGUMENT":
                raise
            return True
        return False

    def _find_prior(self):
        labels = np.zeros(len(_PROBE), "int32") if self.takes_labels else None
        wanted = self._in_parts(self._client.sample, np.asarray(_PROBE), labels).astype(int)
        for name in registry.names("latents"):
            prior = registry.get("latents", name)
            try:
                latents = np.asarray(prior.from_seeds(_PROBE, self.latent_dim))
            except ValueError:  # a prior with a code that needs more dimensions
                continue
            images = np.asarray(to_uint8(self.generate(latents, labels))).astype(int)
            # The server's two graphs may round one gray level apart.
            if np.abs(images - wanted).max() <= 1:
                return prior
        raise ValueError(
            f"Expected a model with one of the latents {', '.join(registry.names('latents'))} as they are by default, "
            f"received: {self.name}; name its latents"
        )


def _input_shapes(address, timeout):
    """`{signature: {input: shape}}` of a served model."""
    try:
        response = requests.get(address, timeout=timeout)
        response.raise_for_status()
        signatures = response.json()["metadata"]["signature_def"]["signature_def"]
        shapes = {
            signature: {
                name: [int(dim["size"]) for dim in info["tensor_shape"].get("dim", [])]
                for name, info in contents["inputs"].items()
            }
            for signature, contents in signatures.items()
            if "inputs" in contents
        }
        _ = shapes["generate"]["latents"][-1], shapes["sample"]["seed"]
    except (requests.RequestException, KeyError, IndexError, TypeError, ValueError) as error:
        raise ValueError(f"Expected a model of keras_gans at {address}, received: {error!r}") from None
    return shapes
