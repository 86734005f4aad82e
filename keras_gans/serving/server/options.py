"""What can be set on the local server: TensorFlow Serving's flags under their own names, and the limits it lacks."""

import dataclasses
import os


@dataclasses.dataclass(frozen=True)
class Options:
    """The server's settings.

    Args:
        host: address to bind; anything but loopback exposes a server without authentication.
        port: gRPC port; 0 picks a free one.
        rest_api_port: REST port; 0 picks a free one.
        rest_api_timeout_in_ms: deadline of a REST request, milliseconds; past it the answer is 504.
        rest_api_enable_cors_support: whether REST replies carry CORS headers.
        file_system_poll_wait_seconds: pause between two looks at the version directories, seconds.
        model_config_file_poll_wait_seconds: pause between two readings of the config file, seconds; 0 reads it once.
        max_num_load_retries: how often the loading of a version is tried again before it ends in its error.
        load_retry_interval_micros: pause between two tries, microseconds (TensorFlow Serving waits a minute).
        enable_model_warmup: whether the recorded requests of a version are replayed before it takes traffic.
        allow_version_labels_for_unavailable_models: whether a label may name a version that is not loaded yet.
        enable_serialization_as_tensor_content: whether gRPC replies hold raw bytes instead of typed fields.
        enable_reload_config: whether `HandleReloadConfigRequest` is answered: whoever may call it may load any model.
        max_body_bytes: largest REST body (inflated) and gRPC message, bytes; past it the answer is 413.
        max_rows_per_request: largest leading dimension of an input, e.g. images per request.
        max_queued_requests: requests that may wait or run; past it the answer is 503.
        inference_threads: requests (or batches) that run at the same time.
        grace_seconds: how long a stop waits for requests in flight, seconds.
    """

    host: str = "127.0.0.1"
    port: int = 8500
    rest_api_port: int = 8501
    rest_api_timeout_in_ms: int = 30_000
    rest_api_enable_cors_support: bool = False
    file_system_poll_wait_seconds: float = 1.0
    model_config_file_poll_wait_seconds: float = 0.0
    max_num_load_retries: int = 5
    load_retry_interval_micros: int = 1_000_000
    enable_model_warmup: bool = True
    allow_version_labels_for_unavailable_models: bool = False
    enable_serialization_as_tensor_content: bool = False
    enable_reload_config: bool = False
    max_body_bytes: int = 64 * 2**20
    max_rows_per_request: int = 1024
    max_queued_requests: int = 1024
    inference_threads: int = dataclasses.field(default_factory=lambda: os.cpu_count() or 1)
    grace_seconds: float = 60.0
