"""One server for the whole session: the one at KERAS_GANS_SERVING_URL, else a local one with the fixture models."""

import dataclasses
import importlib.util
import os

import pytest

_EXTRA = ("aiohttp", "grpc", "tensorflow_serving", "grpc_health", "orjson")


def pytest_collection_modifyitems(items):
    missing = [name for name in _EXTRA if importlib.util.find_spec(name) is None]
    for item in items:
        if missing and item.get_closest_marker("serve"):
            item.add_marker(pytest.mark.skip(reason=f"needs the extra `serve`: {', '.join(missing)} not installed"))


@dataclasses.dataclass(frozen=True)
class Target:
    """The server under test: its REST address, its gRPC address, and the process where it is ours."""

    url: str
    grpc: str
    process: object = None


@pytest.fixture(scope="session")
def models_dir(tmp_path_factory):
    """The fixture models on disk, with `models.config` and `monitoring.config`."""
    from tests.serving import fixtures

    directory = tmp_path_factory.mktemp("models")
    fixtures.write_all(directory)
    return directory


@pytest.fixture(scope="session")
def target(request, tmp_path_factory):
    """The server of the conformance suite."""
    url = os.environ.get("KERAS_GANS_SERVING_URL")
    if url:
        host = url.rstrip("/").partition("://")[2].rpartition(":")[0]
        yield Target(url.rstrip("/"), os.environ.get("KERAS_GANS_SERVING_GRPC", f"{host}:8500"))
        return
    from tests.serving.servers import running

    directory = request.getfixturevalue("models_dir")
    arguments = ["--model_config_file", directory / "models.config"]
    arguments += ["--monitoring_config_file", directory / "monitoring.config"]
    arguments += ["--allow_version_labels_for_unavailable_models", "--max_body_bytes", 2**20]
    with running(tmp_path_factory.mktemp("server") / "log", *arguments) as server:
        yield Target(server.url, server.grpc, server)


@pytest.fixture(scope="session")
def local(target):
    """The server under test where it is the local one; its limits are not TensorFlow Serving's."""
    if target.process is None:
        pytest.skip("KERAS_GANS_SERVING_URL names another server")
    return target


@pytest.fixture(scope="session")
def channel(target):
    import grpc

    options = [("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1)]
    with grpc.insecure_channel(target.grpc, options=options) as channel:
        yield channel


@pytest.fixture(scope="session")
def predictions(channel):
    from tensorflow_serving.apis import prediction_service_pb2_grpc

    return prediction_service_pb2_grpc.PredictionServiceStub(channel)


@pytest.fixture(scope="session")
def models(channel):
    from tensorflow_serving.apis import model_service_pb2_grpc

    return model_service_pb2_grpc.ModelServiceStub(channel)
