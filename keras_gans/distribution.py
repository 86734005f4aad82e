"""Where training runs: on one device, on all of a machine, on several machines, or on a TPU.

This module loads neither Keras nor TensorFlow by itself: a strategy of several workers has to be created before
anything starts TensorFlow's runtime, `import keras` included.
"""

import contextlib
import difflib
import json
import os
import tempfile

NAMES = ("auto", "none", "mirrored", "multi_worker", "tpu")


def strategy(name="auto"):
    """A `tf.distribute.Strategy` by name; a game is built and compiled in its `scope()`.

        with keras_gans.distribution.strategy("mirrored").scope():
            gan = keras_gans.WGANGP(generator, discriminator)
            gan.compile()
        gan.fit(dataset)

    The batch of the pipeline is the global one: each replica takes its share.

    Args:
        name: one of
            "none", TensorFlow's default: one device;
            "mirrored", all GPUs of this machine, or "mirrored:N", N logical devices of its CPU;
            "multi_worker", the workers of the environment variable TF_CONFIG, of which each runs the same script;
            "tpu", the TPU of the environment variable TPU_NAME, or the local one;
            "auto", the first of multi_worker, tpu and mirrored that the environment asks for and the machine has
            several devices for, else "none".

    Raises:
        ValueError: for an unknown name, or a TF_CONFIG that is damaged or missing.
        RuntimeError: where the hardware is missing, or TensorFlow's runtime has started too early.
    """
    kind, _, count = str(name).partition(":")
    if kind not in NAMES or (count and kind != "mirrored"):
        nearest = difflib.get_close_matches(str(name), NAMES, n=1)
        hint = f"; nearest: {nearest[0]}" if nearest else ""
        raise ValueError(f"Expected one of {', '.join(NAMES)} or mirrored:N, received: strategy={name!r}{hint}")
    if kind == "auto":
        kind = _automatic()
    makers = {"none": _none, "mirrored": _mirrored, "multi_worker": _multi_worker, "tpu": _tpu}
    return makers[kind](*([count] if count else []))


def create_early(arguments):
    """Prepares what has to be there before Keras is loaded, if the command line asks for it with `--strategy`."""
    wanted = [b for a, b in zip(arguments, arguments[1:]) if a == "--strategy"]
    wanted += [argument.partition("=")[2] for argument in arguments if argument.startswith("--strategy=")]
    name = wanted[-1] if wanted else "none"
    if name == "multi_worker" or (name == "auto" and has_several_workers()):
        _multi_worker()
    elif name.startswith("mirrored:"):
        strategy(name)


def is_chief():
    """Whether this process writes the files: the only one, or the first of several workers."""
    task = _task()
    return task is None or task["type"] == "chief" or (task["type"] == "worker" and _first_worker_is_chief(task))


def has_several_workers():
    """Whether TF_CONFIG names more than one process that trains."""
    return sum(len(addresses) for addresses in _cluster().values()) > 1


@contextlib.contextmanager
def writing_to(path):
    """`path` for the chief; for other workers, which have to take part in saving, a folder that goes away."""
    if is_chief():
        yield path
        return
    with tempfile.TemporaryDirectory() as aside:
        yield os.path.join(aside, os.path.basename(path))


_created = {}


def _none():
    import tensorflow as tf

    return tf.distribute.get_strategy()


def _mirrored(count=None):
    import tensorflow as tf

    if count is not None:
        if not count.isdecimal() or int(count) < 1:
            raise ValueError(f"Expected mirrored:N with N of at least 1, received: strategy='mirrored:{count}'")
        return tf.distribute.MirroredStrategy(_logical_cpus(int(count)))
    if not tf.config.list_physical_devices("GPU"):
        raise RuntimeError(
            "Expected at least one GPU for strategy='mirrored', received: none; 'mirrored:2' takes two logical devices "
            "of the CPU."
        )
    return tf.distribute.MirroredStrategy()


def _logical_cpus(count):
    import tensorflow as tf

    (cpu, *_) = tf.config.list_physical_devices("CPU")
    try:
        if len(tf.config.get_logical_device_configuration(cpu) or [None]) != count:
            tf.config.set_logical_device_configuration(cpu, [tf.config.LogicalDeviceConfiguration()] * count)
    except RuntimeError:
        raise RuntimeError(
            f"Expected strategy='mirrored:{count}' before the first operation of TensorFlow, received: a runtime that "
            "has started with other devices."
        ) from None
    return [f"CPU:{index}" for index in range(count)]


def _multi_worker():
    if "multi_worker" in _created:
        return _created["multi_worker"]
    cluster = _cluster()
    if not cluster:
        raise ValueError(
            "Expected the workers' addresses in the environment variable TF_CONFIG, for example "
            '{"cluster": {"worker": ["host1:2222", "host2:2222"]}, "task": {"type": "worker", "index": 0}}, '
            "received: none"
        )
    import tensorflow as tf
    from tensorflow.python.eager import context

    if context.context()._initialized:
        raise RuntimeError(
            "Expected strategy='multi_worker' before TensorFlow's runtime has started, received: a runtime that "
            "import keras or an operation has started. Use `keras-gans train --strategy multi_worker`, or create "
            "tf.distribute.MultiWorkerMirroredStrategy() before `import keras_gans`."
        )
    _created["multi_worker"] = tf.distribute.MultiWorkerMirroredStrategy()
    return _created["multi_worker"]


def _tpu():
    import tensorflow as tf

    address = os.environ.get("TPU_NAME", "local")
    try:
        resolver = tf.distribute.cluster_resolver.TPUClusterResolver.connect(address)
    except (ValueError, tf.errors.OpError) as error:
        reason = str(error).strip().partition("\n")[0]
        raise RuntimeError(f"Expected a TPU at TPU_NAME={address!r}, received: {reason}") from None
    return tf.distribute.TPUStrategy(resolver)


def _automatic():
    if has_several_workers():
        return "multi_worker"
    if "TPU_NAME" in os.environ:
        return "tpu"
    import tensorflow as tf

    return "mirrored" if len(tf.config.list_physical_devices("GPU")) > 1 else "none"


# ---- TF_CONFIG.


def _cluster():
    return _configuration().get("cluster", {})


def _task():
    return _configuration().get("task") if has_several_workers() else None


def _first_worker_is_chief(task):
    return int(task["index"]) == 0 and "chief" not in _cluster()


def _configuration():
    """TF_CONFIG, checked."""
    text = os.environ.get("TF_CONFIG") or "{}"
    try:
        configuration = json.loads(text)
        cluster, task = configuration.get("cluster", {}), configuration.get("task", {})
        if cluster:
            task["index"] < len(cluster[task["type"]]) or cluster[task["type"]][task["index"]]
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        raise ValueError(
            'Expected TF_CONFIG as JSON with "cluster" and the "task" of this process in it, received: '
            f"{text!r} ({type(error).__name__}: {error})"
        ) from None
    return configuration
