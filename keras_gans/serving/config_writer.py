"""What an operator deploys: the configuration of `tensorflow/serving` for a directory of exports."""

import pathlib
import string

from keras_gans.serving import configs
from keras_gans.serving.errors import invalid
from keras_gans.serving.protos import message_class

IMAGE = "tensorflow/serving:2.20.0"
"""The newest released server; exports must load in its TensorFlow."""
MODELS_ROOT = "/models"
"""Where the image looks for models."""
BATCH_SIZES = (1, 2, 4, 8, 16, 32)
"""Allowed batch sizes: an export's warm-up requests should have them all."""
_TEMPLATES = pathlib.Path(__file__).parent / "templates"


def write_configs(exports_dir, output_dir, models_root=MODELS_ROOT, canary=False, batch_threads=4):
    """Writes and validates the files of a deployment; returns their paths.

    Args:
        exports_dir: holds `<model>/<version>/saved_model.pb`.
        output_dir: where to write `models.config`, `batching.config`, `monitoring.config`, `docker-compose.yml`,
            `kubernetes.yaml` and `README.md`.
        models_root: where the server will find the exports.
        canary: whether the newest version is labelled `canary` and the one before it `stable`; else `stable` is the
            newest.
        batch_threads: `num_batch_threads`, the server's number of cores.
    """
    output = pathlib.Path(output_dir)
    output.mkdir(parents=True, exist_ok=True)
    models = models_config(exports_dir, models_root, canary=canary)
    texts = {
        "models.config": configs.to_text(models),
        "batching.config": configs.to_text(batching_config(batch_threads)),
        "monitoring.config": configs.to_text(monitoring_config()),
    }
    names = [model.name for model in models.model_config_list.config]
    values = {
        "image": IMAGE,
        "models_root": models_root,
        "labels_flag": configs.LABELS_FLAG,
        "model_names": " ".join(names),
        "first_model": names[0],
    }
    embedded = {name.replace(".", "_"): _indented(text, 4) for name, text in texts.items()}
    for template in sorted(_TEMPLATES.iterdir()):
        texts[template.name] = _Template(template.read_text()).substitute(values | embedded)
    for name, text in texts.items():
        (output / name).write_text(text)
    configs.read_models(output / "models.config")
    configs.read_batching(output / "batching.config")
    configs.read_monitoring(output / "monitoring.config")
    return [output / name for name in sorted(texts)]


def models_config(exports_dir, models_root=None, canary=None):
    """The checked `ModelServerConfig` of a directory of exports.

    Args:
        exports_dir: holds `<model>/<version>/saved_model.pb`.
        models_root: where the server finds the exports; None for `exports_dir` itself.
        canary: None for no labels and the newest version alone, else as in `write_configs`, with two versions kept.
    """
    exports = pathlib.Path(exports_dir).resolve()
    config = configs.model_server_config()
    for directory in sorted(exports.iterdir()) if exports.is_dir() else []:
        numbers = version_numbers(directory)
        if not numbers:
            continue
        model = config.model_config_list.config.add(name=directory.name, model_platform="tensorflow")
        model.base_path = str(pathlib.Path(models_root or exports) / directory.name)
        if canary is not None:
            model.model_version_policy.latest.num_versions = 2
            _add_labels(model, numbers, canary)
    if not config.model_config_list.config:
        raise invalid(f"Expected a directory with <model>/<version>/saved_model.pb, received: {exports_dir}")
    return configs.check_models(config)


def version_numbers(directory):
    """The versions of a model on disk, sorted."""
    if not directory.is_dir():
        return []
    return sorted(
        int(child.name)
        for child in directory.iterdir()
        if child.name.isdecimal() and (child / "saved_model.pb").exists()
    )


def batching_config(batch_threads=4, sizes=BATCH_SIZES, timeout_micros=2000, enqueued_batches=64):
    """The checked `BatchingParameters` that suit image generators on a CPU."""
    parameters = message_class("BatchingParameters")()
    parameters.max_batch_size.value = sizes[-1]
    parameters.batch_timeout_micros.value = timeout_micros
    parameters.max_enqueued_batches.value = enqueued_batches
    parameters.num_batch_threads.value = batch_threads
    parameters.allowed_batch_sizes.extend(sizes)
    parameters.enable_large_batch_splitting.value = True
    parameters.max_execution_batch_size.value = sizes[-1]
    return configs.check_batching(parameters)


def monitoring_config():
    """The `MonitoringConfig` that shows Prometheus metrics at the default path."""
    config = message_class("MonitoringConfig")()
    config.prometheus_config.enable = True
    config.prometheus_config.path = "/monitoring/prometheus/metrics"
    return config


def _add_labels(model, numbers, canary):
    if canary and len(numbers) < 2:
        raise invalid(f"Expected two versions of {model.name} for a canary, received: {numbers}")
    model.version_labels["stable"] = numbers[-2] if canary else numbers[-1]
    if canary:
        model.version_labels["canary"] = numbers[-1]


def _indented(text, spaces):
    return "".join(" " * spaces + line + "\n" for line in text.splitlines()).rstrip("\n")


class _Template(string.Template):
    """Placeholders are `@{name}`: YAML and shell use the dollar sign themselves."""

    delimiter = "@"
