"""The C session of a SavedModel, in a process of its own."""

import importlib.util
import os
import pathlib
import pickle
import subprocess
import sys

_PROGRAM = pathlib.Path(__file__).with_name("c_session.py")


class RuntimeFailure(Exception):
    """What TensorFlow's runtime said, or how its process ended."""


class Runtime:
    """A version directory, loaded by TensorFlow's C++ loader on the CPU; a context manager.

    Args:
        path: version directory.
        package: folder of the package `tensorflow` whose library runs; None for the installed one.

    Raises:
        RuntimeFailure: where the model cannot be loaded.
    """

    def __init__(self, path, package=None):
        package = package or pathlib.Path(importlib.util.find_spec("tensorflow").origin).parent
        # Without CUDA the process takes no memory of a GPU that this process may have reserved whole.
        environment = os.environ | {"CUDA_VISIBLE_DEVICES": "-1", "TF_CPP_MIN_LOG_LEVEL": "3"}
        self._process = subprocess.Popen(
            [sys.executable, "-P", str(_PROGRAM), str(package), str(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )
        try:
            self.version = self._reply()
        except RuntimeFailure:
            self.close()
            raise

    def run(self, feeds, fetches):
        """Arrays of the tensors named in `fetches`, with `feeds` given: `{tensor name: array}`."""
        try:
            pickle.dump((feeds, fetches), self._process.stdin)
            self._process.stdin.flush()
        except BrokenPipeError:
            pass  # The missing reply says how the process ended.
        return self._reply()

    def call(self, signature, inputs):
        """`{output name: array}` of a `SignatureDef` with `inputs` given: `{input name: array}`."""
        names = sorted(signature.outputs)
        feeds = {signature.inputs[name].name: array for name, array in inputs.items()}
        return dict(zip(names, self.run(feeds, [signature.outputs[name].name for name in names])))

    def close(self):
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()

    def _reply(self):
        try:
            outcome, value = pickle.load(self._process.stdout)
        except (EOFError, pickle.UnpicklingError):
            raise RuntimeFailure(f"TensorFlow's process ended with exit status {self._process.wait()}") from None
        if outcome == "error":
            raise RuntimeFailure(value)
        return value
