"""Bridges to other GAN libraries."""

import contextlib
import importlib
import importlib.util
import sys
import types

_PACKAGE = "tensorflow_gan"
_ESTIMATORS = "tensorflow_gan.python.estimator"


def tensorflow_gan():
    """The package tensorflow_gan (TF-GAN), imported on versions of TensorFlow that no longer have estimators.

    TF-GAN 2.1.0, its last release, needs `tf.estimator`, which TensorFlow lost in 2.16, only to define its own
    estimators and one hook. A stand-in that lasts as long as the import lets the rest load: losses, metrics, features
    and the training functions. `tfgan.estimator` is then an empty module.

        tfgan = keras_gans.interop.tensorflow_gan()
        tfgan.losses.wargs.minimax_discriminator_loss(real_scores, fake_scores)

    An import that fails leaves no trace. On Python >= 3.12, TF-GAN needs setuptools too (for `distutils`).

    Raises:
        ImportError: where tensorflow-gan is not installed.
    """
    if _PACKAGE in sys.modules:
        return sys.modules[_PACKAGE]
    if importlib.util.find_spec(_PACKAGE) is None:
        raise ImportError("Expected the package tensorflow-gan, which is not installed: pip install tensorflow-gan")
    import tensorflow as tf

    if hasattr(tf, "estimator"):
        return importlib.import_module(_PACKAGE)
    with _estimators(tf):
        return importlib.import_module(_PACKAGE)


@contextlib.contextmanager
def _estimators(tf):
    """What TF-GAN asks of `tf.estimator` while it is imported."""
    before = set(sys.modules)
    tf.estimator = types.SimpleNamespace(SessionRunHook=tf.compat.v1.train.SessionRunHook)
    sys.modules[_ESTIMATORS] = types.ModuleType(_ESTIMATORS, "Empty: this TensorFlow has no estimators.")
    try:
        yield
    except BaseException:
        for name in set(sys.modules) - before:
            if name.partition(".")[0] == _PACKAGE:
                del sys.modules[name]
        raise
    finally:
        del tf.estimator
