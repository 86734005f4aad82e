"""SavedModels for the tests of serving, written with `tf.saved_model.save` alone.

To run the conformance suite against a real server:

    python -m tests.serving.fixtures /models            # writes the models, models.config and monitoring.config
    tensorflow_model_server --port=8500 --rest_api_port=8501 --model_config_file=/models/models.config \
        --monitoring_config_file=/models/monitoring.config --allow_version_labels_for_unavailable_models=true
    KERAS_GANS_SERVING_URL=http://127.0.0.1:8501 KERAS_GANS_SERVING_GRPC=127.0.0.1:8500 pytest tests/serving
"""

import pathlib
import sys

import tensorflow as tf

LATENT_DIM, IMAGE_SHAPE, CLASSES, MOST_ROWS = 8, (8, 8, 1), 3, 256
IDENTITY_TYPES = ("float64", "int32", "int16", "int8", "uint32", "uint64", "bfloat16", "complex64", "uint16")


def spec(name, dtype="float32", shape=(None,)):
    return tf.TensorSpec(shape, dtype, name=name)


def save(path, **signatures):
    """Writes a SavedModel whose signatures are given as `name=(function of named tensors -> dict, specs)`."""
    module = tf.Module()
    functions = {}
    for name, (function, specs) in signatures.items():
        functions[name] = tf.function(function, input_signature=specs).get_concrete_function()
        setattr(module, name, functions[name])
    tf.saved_model.save(module, str(path), signatures=functions)


def half_plus(path, offset=2.0):
    """y = x / 2 + offset, also as regress and classify signatures over serialized examples."""

    def parse(examples):
        features = {"x": tf.io.FixedLenFeature([1], tf.float32, default_value=[0.0])}
        return 0.5 * tf.io.parse_example(examples, features)["x"] + offset

    def classify(inputs):
        scores = parse(inputs)
        return {"scores": scores, "classes": tf.fill(tf.shape(scores), "y")}

    save(
        path,
        serving_default=(lambda x: {"y": 0.5 * x + offset}, [spec("x")]),
        regress_x_to_y=(lambda inputs: {"outputs": parse(inputs)}, [spec("inputs", "string")]),
        classify_x_to_y=(classify, [spec("inputs", "string")]),
    )


def multi_input(path):
    save(
        path,
        serving_default=(lambda a, b: {"sum": a + b, "difference": a - b}, [spec("a"), spec("b")]),
        nested=(lambda x: {"y": x * 2.0}, [spec("x", shape=(None, 2, 2))]),
        matrix=(lambda x: {"y": tf.matmul(x, tf.eye(3))}, [spec("x", shape=None)]),
        scalar=(lambda x: {"total": tf.reduce_sum(x)}, [spec("x", shape=None)]),
        uneven=(lambda x: {"whole": x, "tail": x[1:]}, [spec("x")]),
        logarithm=(lambda x: {"y": tf.math.log(x)}, [spec("x")]),
    )


def defaulted(path):
    """A signature one of whose inputs has a default, which gRPC alone fills in."""

    @tf.function(input_signature=[spec("x"), spec("scale", shape=())])
    def scaled(x, scale=tf.constant(3.0)):  # noqa: B008
        return {"y": x * scale}

    module = tf.Module()
    module.scaled = scaled
    tf.saved_model.save(module, str(path), signatures={"serving_default": scaled})


def text(path):
    save(
        path,
        serving_default=(
            lambda text: {"upper": tf.strings.upper(text), "upper_bytes": tf.strings.upper(text)},
            [spec("text", "string")],
        ),
        length=(lambda text: {"length": tf.strings.length(text)}, [spec("text", "string", None)]),
        echo=(lambda text: {"text": tf.identity(text)}, [spec("text", "string")]),
    )


def small_integers(path):
    save(path, serving_default=(lambda x: {"y": x + tf.constant(1, tf.uint8)}, [spec("x", "uint8", None)]))


def large_integers(path):
    save(path, serving_default=(lambda x: {"y": x + 1}, [spec("x", "int64")]))


def negation(path):
    save(path, serving_default=(lambda x: {"y": tf.logical_not(x)}, [spec("x", "bool")]))


def half_precision(path):
    save(
        path,
        serving_default=(lambda x: {"y": x * tf.constant(2, tf.float16)}, [spec("x", "float16")]),
        widened=(lambda x: {"y": tf.cast(x, "float16")}, [spec("x")]),
    )


def identity(path):
    """One signature per remaining type, named after it."""
    save(
        path,
        serving_default=(lambda x: {"y": tf.identity(x)}, [spec("x")]),
        **{name: (lambda x: {"y": tf.identity(x)}, [spec("x", name)]) for name in IDENTITY_TYPES},
    )


def slow(path, steps=150, size=256):
    """y = x after some tens of milliseconds of matrix products."""

    def work(x):
        matrix = tf.fill([size, size], 1e-3) + tf.reduce_sum(x) * 0.0
        for_each = tf.while_loop(lambda i, m: i < steps, lambda i, m: (i + 1, tf.matmul(m, m)), (0, matrix))
        return {"y": x + tf.reduce_sum(for_each[1]) * 0.0}

    save(path, serving_default=(work, [spec("x")]))


def generator(path, gain=1.0):
    """A generator with the signatures of every export, except that its images mean nothing."""
    module = tf.Module()
    initial = tf.random.stateless_normal([LATENT_DIM, 64], seed=[1, 2]) * gain
    module.kernel, module.table = tf.Variable(initial), tf.Variable(tf.random.stateless_normal([CLASSES, 64], [3, 4]))

    def latents_of(seed, truncation):
        draw = lambda s: tf.random.stateless_normal([LATENT_DIM], seed=tf.stack([s, 0]))  # noqa: E731
        latents = tf.map_fn(draw, seed, fn_output_signature=tf.float32)
        return latents * truncation[:, None]

    def images_of(latents, label):
        rows = tf.shape(latents)[0]
        bounded = tf.debugging.assert_less_equal(rows, MOST_ROWS, message=f"Expected at most {MOST_ROWS} rows")
        with tf.control_dependencies([bounded]):
            pixels = tf.tanh(tf.matmul(latents, module.kernel) + tf.gather(module.table, label))
        return tf.reshape(pixels, [-1, *IMAGE_SHAPE])

    def sample(seed, label, truncation):
        images = images_of(latents_of(seed, truncation), label)
        return tf.cast(tf.round(images * 127.5 + 127.5), tf.uint8)

    def png(seed, label, truncation):
        encoded = tf.map_fn(tf.io.encode_png, sample(seed, label, truncation), fn_output_signature=tf.string)
        return {"image_bytes": encoded}

    inputs = [spec("seed", "int64"), spec("label", "int32"), spec("truncation")]
    signatures = {
        "serving_default": (lambda seed, label, truncation: {"images": sample(seed, label, truncation)}, inputs),
        "sample_png": (png, inputs),
        "generate": (
            lambda latents, label: {"images": images_of(latents, label)},
            [spec("latents", shape=(None, LATENT_DIM)), spec("label", "int32")],
        ),
        "score": (
            lambda images, label: {"scores": tf.reduce_mean(images, [1, 2, 3]) + tf.cast(label, "float32")},
            [spec("images", shape=(None, *IMAGE_SHAPE)), spec("label", "int32")],
        ),
    }
    for name, (function, specs) in signatures.items():
        setattr(module, name, tf.function(function, input_signature=specs))
    tf.saved_model.save(module, str(path), signatures={name: getattr(module, name) for name in signatures})


def write_warmup(version_dir, requests):
    """Writes `assets.extra/tf_serving_warmup_requests` with one record per `PredictRequest`."""
    from tensorflow_serving.apis import prediction_log_pb2

    path = pathlib.Path(version_dir, "assets.extra", "tf_serving_warmup_requests")
    path.parent.mkdir(exist_ok=True)
    with tf.io.TFRecordWriter(str(path)) as writer:
        for request in requests:
            log = prediction_log_pb2.PredictionLog(predict_log=prediction_log_pb2.PredictLog(request=request))
            writer.write(log.SerializeToString())


def write_all(root):
    """Writes every model, `models.config` and `monitoring.config` below `root`; returns the config's path."""
    root = pathlib.Path(root).resolve()
    models = {
        "half_plus_two": half_plus,
        "multi_input": multi_input,
        "defaulted": defaulted,
        "text": text,
        "uint8": small_integers,
        "int64": large_integers,
        "bool": negation,
        "half": half_precision,
        "identity": identity,
        "generator": generator,
        "slow": slow,
    }
    for name, write in models.items():
        write(root / name / "1")
    half_plus(root / "versions" / "1", 2.0)
    half_plus(root / "versions" / "3", 3.0)
    (root / "versions" / "not_a_version").mkdir()
    entries = [
        f'config {{ name: "{name}" base_path: "{root / name}" model_platform: "tensorflow" }}' for name in models
    ]
    entries.append(
        f'config {{ name: "versions" base_path: "{root / "versions"}" model_platform: "tensorflow"\n'
        "  model_version_policy { all {} }\n"
        '  version_labels { key: "stable" value: 1 } version_labels { key: "canary" value: 3 } }'
    )
    entries.append(
        f'config {{ name: "slash/name" base_path: "{root / "half_plus_two"}" model_platform: "tensorflow" }}'
    )
    config = root / "models.config"
    config.write_text("model_config_list {\n" + "\n".join(entries) + "\n}\n")
    (root / "monitoring.config").write_text("prometheus_config { enable: true }\n")
    return config


if __name__ == "__main__":
    print(write_all(sys.argv[1]))
