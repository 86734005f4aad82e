"""`keras-gans serve`"""

import dataclasses
import logging
import pathlib
import tempfile
from typing import Annotated

import typer

_ENGINES = ("auto", "local", "tensorflow_model_server")


def _option(name, text):
    # TensorFlow Serving's flags have underscores, and so have these.
    return typer.Option(f"--{name}", help=text)


def serve(
    exports_dir: Annotated[pathlib.Path | None, typer.Argument(help="Holds <model>/<version>/saved_model.pb.")] = None,
    model_config_file: Annotated[pathlib.Path | None, _option("model_config_file", "ModelServerConfig, text.")] = None,
    batching_parameters_file: Annotated[
        pathlib.Path | None, _option("batching_parameters_file", "BatchingParameters, text; turns batching on.")
    ] = None,
    monitoring_config_file: Annotated[
        pathlib.Path | None, _option("monitoring_config_file", "MonitoringConfig, text.")
    ] = None,
    host: Annotated[str, _option("host", "Address to bind; there is no authentication.")] = "127.0.0.1",
    port: Annotated[int, _option("port", "gRPC port; 0 picks a free one.")] = 8500,
    rest_api_port: Annotated[int, _option("rest_api_port", "REST port; 0 picks a free one.")] = 8501,
    rest_api_timeout_in_ms: Annotated[int, _option("rest_api_timeout_in_ms", "Deadline of REST requests.")] = 30_000,
    rest_api_enable_cors_support: Annotated[bool, _option("rest_api_enable_cors_support", "CORS headers.")] = False,
    file_system_poll_wait_seconds: Annotated[
        float, _option("file_system_poll_wait_seconds", "Pause between two looks at the versions.")
    ] = 1.0,
    model_config_file_poll_wait_seconds: Annotated[
        float, _option("model_config_file_poll_wait_seconds", "Pause between two readings of the config; 0: once.")
    ] = 0.0,
    max_num_load_retries: Annotated[int, _option("max_num_load_retries", "How often loading is tried again.")] = 5,
    load_retry_interval_micros: Annotated[
        int, _option("load_retry_interval_micros", "Pause between two tries.")
    ] = 1_000_000,
    enable_model_warmup: Annotated[
        bool, typer.Option("--enable_model_warmup/--disable_model_warmup", help="Replay recorded requests.")
    ] = True,
    allow_version_labels_for_unavailable_models: Annotated[
        bool, _option("allow_version_labels_for_unavailable_models", "Labels may name versions not loaded yet.")
    ] = False,
    enable_serialization_as_tensor_content: Annotated[
        bool, _option("enable_serialization_as_tensor_content", "gRPC replies hold raw bytes.")
    ] = False,
    enable_reload_config: Annotated[
        bool, _option("enable_reload_config", "Answer HandleReloadConfigRequest: whoever calls it loads any model.")
    ] = False,
    max_body_bytes: Annotated[int, _option("max_body_bytes", "Largest request; past it 413.")] = 64 * 2**20,
    max_rows_per_request: Annotated[int, _option("max_rows_per_request", "Most images per request.")] = 1024,
    max_queued_requests: Annotated[int, _option("max_queued_requests", "Requests held; past it 503.")] = 1024,
    engine: Annotated[str, _option("engine", "auto, local or tensorflow_model_server.")] = "auto",
):
    """Serves exports over REST and gRPC, as tensorflow_model_server does.

    Example: keras-gans serve exports --rest_api_port 8501
    """
    arguments = dict(locals())
    from keras_gans.serving import ServingError

    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(message)s")
    logging.getLogger("keras_gans").setLevel(logging.INFO)
    logging.getLogger("tensorflow").setLevel(logging.WARNING)
    try:
        _serve(arguments)
    except ServingError as error:
        typer.echo(error.message, err=True)
        raise typer.Exit(1) from None


def _serve(arguments):
    from keras_gans.serving import configs
    from keras_gans.serving.server.options import Options

    fields = {field.name for field in dataclasses.fields(Options)}
    options = Options(**{name: value for name, value in arguments.items() if name in fields})
    models = _models(arguments["exports_dir"], arguments["model_config_file"])
    if _uses_binary(arguments["engine"]):
        _become_binary(options, models, arguments)
        return
    import asyncio

    from keras_gans.serving.server.server import LocalServer

    batching, monitoring = arguments["batching_parameters_file"], arguments["monitoring_config_file"]
    server = LocalServer(
        models,
        options,
        batching=configs.read_batching(batching) if batching else None,
        monitoring=configs.read_monitoring(monitoring) if monitoring else None,
        models_file=arguments["model_config_file"],
    )
    asyncio.run(server.run(ready=lambda grpc_port, rest_port: _announce(options.host, grpc_port, rest_port)))


def _models(exports_dir, model_config_file):
    from keras_gans.serving import config_writer, configs

    if (exports_dir is None) == (model_config_file is None):
        raise configs.invalid(
            "Expected either EXPORTS_DIR or --model_config_file, received: "
            f"exports_dir={exports_dir}, model_config_file={model_config_file}"
        )
    return configs.read_models(model_config_file) if model_config_file else config_writer.models_config(exports_dir)


def _announce(host, grpc_port, rest_port):
    typer.echo(f"Serving gRPC on {host}:{grpc_port} and REST on http://{host}:{rest_port}")


def _uses_binary(engine):
    from keras_gans.serving import configs
    from keras_gans.serving.server import engine as real

    if engine not in _ENGINES:
        raise configs.invalid(f"Expected one of {_ENGINES}, received: engine={engine!r}")
    found = real.find()
    if engine == "tensorflow_model_server" and not found:
        raise configs.invalid(f"Expected {real.BINARY} on the PATH, received: engine={engine!r}")
    return bool(found) and engine != "local"


def _become_binary(options, models, arguments):
    from keras_gans.serving import configs
    from keras_gans.serving.server import engine as real

    models_file = arguments["model_config_file"]
    if models_file is None:
        with tempfile.NamedTemporaryFile("w", suffix=".models.config", delete=False) as file:
            file.write(configs.to_text(models))
        models_file = file.name
    typer.echo(f"Starting {real.BINARY}, which listens on every address: keep its ports private.", err=True)
    files = arguments["batching_parameters_file"], arguments["monitoring_config_file"]
    real.replace_process(real.command(real.find(), options, models_file, *files))
