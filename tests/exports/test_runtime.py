"""The process that runs an export in TensorFlow's C session."""

import numpy as np
import pytest
import tensorflow as tf

from keras_gans.exports import graph_checks
from keras_gans.exports.runtime import Runtime, RuntimeFailure


def test_a_process_that_dies_is_an_error(exported):
    with Runtime(exported) as runtime:
        runtime._process.kill()
        with pytest.raises(RuntimeFailure, match="process ended with exit status -9"):
            runtime.run({}, [])


def test_a_package_without_a_library_is_named(exported, tmp_path):
    with pytest.raises(RuntimeFailure, match="Expected libtensorflow_cc in .*, received: none"):
        Runtime(exported, package=tmp_path)


def test_strings_of_any_length_are_read(tmp_path):
    """Short ones lie in the tensor itself, long ones elsewhere."""
    texts = [b"", b"short", b"\x00" * 22, b"x" * 23, b"y" * 1000]
    module = tf.Module()
    module.answer = tf.function(
        lambda row: {"text_bytes": tf.gather(tf.constant(texts), row)}, [tf.TensorSpec((None,), "int64", name="row")]
    )
    tf.saved_model.save(module, str(tmp_path), signatures={"serving_default": module.answer})
    signature = graph_checks.signatures(graph_checks.read(tmp_path))["serving_default"]
    with Runtime(tmp_path) as runtime:
        assert list(runtime.call(signature, {"row": np.arange(5)})["text_bytes"]) == texts


def test_an_unknown_tensor_is_named(exported):
    with Runtime(exported) as runtime, pytest.raises(RuntimeFailure, match="Expected an operation named nothing"):
        runtime.run({}, ["nothing:0"])
