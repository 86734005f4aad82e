"""The real `tensorflow_model_server`, where there is one."""

import os
import shutil

BINARY = "tensorflow_model_server"
_SHARED_OPTIONS = (
    "port",
    "rest_api_port",
    "rest_api_timeout_in_ms",
    "rest_api_enable_cors_support",
    "file_system_poll_wait_seconds",
    "model_config_file_poll_wait_seconds",
    "max_num_load_retries",
    "load_retry_interval_micros",
    "enable_model_warmup",
    "allow_version_labels_for_unavailable_models",
    "enable_serialization_as_tensor_content",
)


def find():
    """The path of the binary, or None."""
    return shutil.which(BINARY)


def command(binary, options, models_file, batching_file=None, monitoring_file=None):
    """The command line that gives the real server the settings that it shares with the local one.

    It has no others: the real server listens on every address and limits neither bodies, rows nor the queue.
    """
    arguments = [binary, f"--model_config_file={models_file}", "--enable_grpc_healthcheck_service=true"]
    for name in _SHARED_OPTIONS:
        value = getattr(options, name)
        text = str(value).lower() if isinstance(value, bool) else f"{value:g}" if isinstance(value, float) else value
        arguments.append(f"--{name}={text}")
    if batching_file:
        arguments += ["--enable_batching=true", f"--batching_parameters_file={batching_file}"]
    if monitoring_file:
        arguments.append(f"--monitoring_config_file={monitoring_file}")
    return arguments


def replace_process(arguments):
    """Becomes the real server; signals then go to it alone."""
    os.execv(arguments[0], arguments)
