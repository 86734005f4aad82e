"""One loaded version of a model: a SavedModel in a session of TensorFlow's C++ runtime."""

import pathlib
import re

import tensorflow as tf

from keras_gans.serving.errors import ServingError, invalid

DEFAULT_SIGNATURE = "serving_default"
WARMUP_FILE = pathlib.Path("assets.extra", "tf_serving_warmup_requests")
_MOST_WARMUP_RECORDS = 1000
_PYTHON_TRACE = re.compile(r"\n+Original stack trace for |\n\nDetected at node ")


class Servable:
    """A SavedModel, loaded by TensorFlow's C++ loader as TensorFlow Serving loads it.

    Args:
        path: the version directory.
    """

    def __init__(self, path):
        self.path = pathlib.Path(path)
        self._callables = {}
        self._session = tf.compat.v1.Session(graph=tf.Graph())
        try:
            with translated_errors():
                graph = tf.compat.v1.saved_model.load(self._session, [tf.saved_model.SERVING], str(path))
        except ServingError:
            self._session.close()
            raise
        self.signatures = dict(graph.signature_def)
        self._session.graph.finalize()

    def signature(self, name):
        """The signature of a name, the default one for an empty name; None where there is none."""
        return self.signatures.get(name or DEFAULT_SIGNATURE)

    def run(self, signature, inputs, outputs, timeout=None):
        """The arrays `{output name: array}` of one run of the session.

        Args:
            signature: a `SignatureDef` of this model.
            inputs: `{input name: array}`, all of the signature's.
            outputs: names of the outputs to compute.
            timeout: seconds, or None.
        """
        feeds = tuple(sorted(inputs))
        function = self._callable(signature, feeds, tuple(outputs))
        options = tf.compat.v1.RunOptions(timeout_in_ms=max(1, int(timeout * 1000))) if timeout else None
        with translated_errors():
            arrays = function(*(inputs[name] for name in feeds), options=options)
        return dict(zip(outputs, arrays, strict=True))

    def warmup_records(self):
        """The recorded requests of the version, as serialized `PredictionLog`s."""
        path = self.path / WARMUP_FILE
        if not path.exists():
            return
        with translated_errors():
            for index, record in enumerate(tf.data.TFRecordDataset(str(path))):
                if index >= _MOST_WARMUP_RECORDS:
                    raise invalid(f"Number of warmup records exceeds the maximum ({_MOST_WARMUP_RECORDS}) at {path}")
                yield record.numpy()

    def close(self):
        self._callables.clear()
        self._session.close()

    def _callable(self, signature, feeds, fetches):
        names = (
            tuple(signature.inputs[name].name for name in feeds),
            tuple(signature.outputs[name].name for name in fetches),
        )
        if names not in self._callables:
            tensors = [[self._session.graph.get_tensor_by_name(name) for name in side] for side in names]
            self._callables[names] = self._session.make_callable(tensors[1], feed_list=tensors[0])
        return self._callables[names]


class translated_errors:
    """Turns the errors of TensorFlow, and of Python's check of the fed shapes, into `ServingError`s."""

    def __enter__(self):
        return self

    def __exit__(self, kind, error, traceback):
        if isinstance(error, tf.errors.OpError):
            raise ServingError(_code_name(error.error_code), _PYTHON_TRACE.split(error.message)[0]) from None
        if isinstance(error, (ValueError, TypeError)):
            raise invalid(str(error)) from None
        if isinstance(error, OSError):
            raise ServingError("NOT_FOUND" if "does not exist" in str(error) else "DATA_LOSS", str(error)) from None
        if isinstance(error, Exception) and not isinstance(error, ServingError):
            raise ServingError("UNKNOWN", f"{kind.__name__}: {error}") from error
        return False


def _code_name(number):
    import grpc

    return next(code.name for code in grpc.StatusCode if code.value[0] == number)
