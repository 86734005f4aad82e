"""Versions come and go under load, broken ones never serve, and a stop answers what was accepted."""

import asyncio
import concurrent.futures
import json
import os
import shutil
import socket
import threading
import time

import numpy as np
import pytest
import requests

from keras_gans.serving import Client, ServingError
from tests.serving import fixtures
from tests.serving.servers import ServerProcess, running

pytestmark = pytest.mark.serve

_QUICK = ("--file_system_poll_wait_seconds", 0.2, "--load_retry_interval_micros", 100000, "--max_num_load_retries", 1)


def wait_for(condition, timeout=60.0):
    deadline = time.monotonic() + timeout
    while not condition():
        assert time.monotonic() < deadline, "the condition did not come true"
        time.sleep(0.05)


def publish(models_dir, source, model, version):
    """Copies a version aside and renames it into place."""
    aside = models_dir / model / f"temporary-{version}"
    shutil.copytree(source, aside)
    os.rename(aside, models_dir / model / str(version))


@pytest.fixture
def exports(tmp_path, models_dir):
    publish(tmp_path / "exports", models_dir / "versions" / "1", "m", 1)
    return tmp_path / "exports"


def answer(client):
    return float(client.predict("m", {"x": np.float32([1.0])})["y"][0])


@pytest.fixture
def server(tmp_path, exports):
    with running(tmp_path / "log", exports, "--enable_reload_config", *_QUICK) as server:
        yield server


def test_hot_reload_under_load(server, exports, models_dir):
    """8 clients loop while version 2 appears and disappears: no request fails, the answers switch and switch back."""
    seen, failures, stop = [[] for _ in range(8)], [], threading.Event()

    def loop(index):
        with Client(server.url if index % 2 else f"grpc://{server.grpc}", retries=0) as client:
            while not stop.is_set():
                try:
                    seen[index].append(answer(client))
                except ServingError as error:
                    failures.append(error)

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        loops = [pool.submit(loop, index) for index in range(8)]
        try:
            wait_for(lambda: all(seen))
            publish(exports, models_dir / "versions" / "3", "m", 2)
            wait_for(lambda: all(answers[-1] == 3.5 for answers in seen))
            os.rename(exports / "m" / "2", exports / "m" / "removed")
            wait_for(lambda: all(answers[-1] == 2.5 for answers in seen))
        finally:
            stop.set()
        for finished in loops:
            finished.result()
    assert failures == []
    assert {tuple(sorted(set(answers))) for answers in seen} == {(2.5, 3.5)}


def test_a_corrupt_version_never_serves(server, exports):
    broken = exports / "m" / "temporary"
    broken.mkdir()
    (broken / "saved_model.pb").write_bytes(b"\x07 no proto")
    os.rename(broken, exports / "m" / "5")
    with Client(server.url) as client:
        wait_for(lambda: any(s.version == 5 and s.state == "END" for s in client.status("m")))
        newest, oldest = client.status("m")
        assert (newest.version, newest.error_code) == (5, "DATA_LOSS")
        assert "Cannot parse file" in newest.error_message
        assert (oldest.version, oldest.state) == (1, "AVAILABLE")
        assert answer(client) == 2.5
        with pytest.raises(ServingError, match="NOT_FOUND"):
            client.predict("m", {"x": np.float32([1.0])}, version=5)


def test_all_versions_removed_unloads_the_model(server, exports):
    shutil.rmtree(exports / "m")
    with Client(server.url) as client:
        wait_for(lambda: [s.state for s in client.status("m")] == ["END"])
        with pytest.raises(ServingError, match=r"Servable not found for request: Latest\(m\)"):
            answer(client)


def test_warmup_is_replayed_and_a_failing_record_fails_the_version(server, exports, models_dir):
    from tensorflow_serving.apis import predict_pb2

    request = predict_pb2.PredictRequest()
    request.model_spec.signature_name = "no_such_signature"
    for version in (2, 3):
        publish(exports, models_dir / "versions" / "3", "m", f"aside-{version}")
    fixtures.write_warmup(exports / "m" / "aside-3", [request])
    request.model_spec.signature_name = ""
    request.inputs["x"].dtype = 1
    request.inputs["x"].tensor_shape.dim.add(size=4)
    fixtures.write_warmup(exports / "m" / "aside-2", [request] * 3)
    with Client(server.url) as client:
        os.rename(exports / "m" / "aside-2", exports / "m" / "2")
        wait_for(lambda: client.status("m")[0].version == 2 and client.status("m")[0].state == "AVAILABLE")
        os.rename(exports / "m" / "aside-3", exports / "m" / "3")
        wait_for(lambda: client.status("m")[0].version == 3 and client.status("m")[0].state == "END")
        assert 'Serving signature key "no_such_signature" not found.' in client.status("m")[0].error_message
        assert answer(client) == 3.5


def test_reload_config(server, exports, models_dir):
    import grpc
    from tensorflow_serving.apis import model_management_pb2, model_service_pb2_grpc

    def reload(*entries):
        request = model_management_pb2.ReloadConfigRequest()
        request.config.model_config_list.SetInParent()
        for name, path, labels in entries:
            model = request.config.model_config_list.config.add(name=name, base_path=str(path))
            model.model_platform = "tensorflow"
            model.version_labels.update(labels)
        with grpc.insecure_channel(server.grpc) as channel:
            return model_service_pb2_grpc.ModelServiceStub(channel).HandleReloadConfigRequest(request, timeout=60)

    reload(("m", exports / "m", {"stable": 1}), ("other", models_dir / "half_plus_two", {}))
    with Client(server.url) as client:
        assert client.predict("other", {"x": np.float32([1.0])})["y"].tolist() == [2.5]
        assert client.predict("m", {"x": np.float32([1.0])}, label_name="stable")["y"].tolist() == [2.5]
    for entries, message in (
        (
            (("m", exports / "m", {"stable": 9}),),
            "Request to assign label to version 9 of model m, which is not currently",
        ),
        ((("m", "relative", {}),), "Expected model m to have an absolute path or URI; got base_path()=relative"),
        ((("m", exports / "m", {}), ("m", exports / "m", {})), "Illegal to list model m multiple times in config list"),
    ):
        with pytest.raises(grpc.RpcError) as caught:
            reload(*entries)
        assert message in caught.value.details()
    reload(("m", exports / "m", {}))
    with Client(server.url) as client:
        wait_for(lambda: [s.state for s in client.status("other")] == ["END"])


@pytest.mark.parametrize("batching", [False, True])
def test_sigterm_answers_every_accepted_request(tmp_path, models_dir, batching):
    """100 requests are in flight, half over REST and half over gRPC, when the server is told to stop."""
    exports = tmp_path / "exports"
    publish(exports, models_dir / "slow" / "1", "slow", 1)
    arguments = [exports]
    if batching:
        (tmp_path / "batching.config").write_text("max_batch_size { value: 4 } max_enqueued_batches { value: 100 }")
        arguments += ["--batching_parameters_file", tmp_path / "batching.config"]
    server = ServerProcess(tmp_path / "log", *arguments).wait_until_ready()
    body = json.dumps({"instances": [1.0]}).encode()
    head = f"POST /v1/models/slow:predict HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    host, _, port = server.url.partition("://")[2].rpartition(":")
    sockets = [socket.create_connection((host, int(port)), timeout=60) for _ in range(50)]
    with (
        Client(f"grpc://{server.grpc}", retries=0, timeout=60) as client,
        concurrent.futures.ThreadPoolExecutor(50) as pool,
    ):
        for connection in sockets:
            connection.sendall(head + body)
        sent = [pool.submit(client.predict, "slow", {"x": np.float32([1.0])}) for _ in range(50)]
        concurrent.futures.wait(sent, return_when=concurrent.futures.FIRST_COMPLETED)
        server.terminate()
        replies = [connection.recv(65536) for connection in sockets]
        values = [future.result()["y"].tolist() for future in sent]
    assert sum(reply.startswith(b"HTTP/1.1 200") for reply in replies) == 50
    assert values == [[1.0]] * 50
    assert server.process.wait(60) == 0
    with pytest.raises(requests.ConnectionError):
        requests.get(server.url, timeout=5)


def test_a_model_that_cannot_be_loaded_ends_the_start(tmp_path):
    (tmp_path / "exports" / "m" / "1").mkdir(parents=True)
    (tmp_path / "exports" / "m" / "1" / "saved_model.pb").write_bytes(b"\x07 no proto")
    server = ServerProcess(tmp_path / "log", tmp_path / "exports", *_QUICK)
    with pytest.raises(RuntimeError, match="Failed to start server. Error: "):
        server.wait_until_ready()
    assert server.stop() == 1


def test_labels_need_their_flag(tmp_path, models_dir):
    server = ServerProcess(tmp_path / "log", "--model_config_file", models_dir / "models.config")
    with pytest.raises(RuntimeError, match="Request to assign label to version . of model versions"):
        server.wait_until_ready()
    assert server.stop() == 1


def test_full_queue_and_deadline(tmp_path, models_dir):
    publish(tmp_path / "exports", models_dir / "slow" / "1", "slow", 1)
    limits = ("--max_queued_requests", 4, "--rest_api_timeout_in_ms", 20000)
    with running(tmp_path / "log", tmp_path / "exports", *limits) as server:

        def ask(_):
            return requests.post(f"{server.url}/v1/models/slow:predict", json={"instances": [1.0]}, timeout=60)

        with concurrent.futures.ThreadPoolExecutor(32) as pool:
            statuses = [reply.status_code for reply in pool.map(ask, range(32))]
        assert set(statuses) == {200, 503}
        assert ask(0).status_code == 200
    with running(tmp_path / "log", tmp_path / "exports", "--rest_api_timeout_in_ms", 1) as server:
        assert ask(0).status_code == 504


def test_one_version_loads_at_a_time(tmp_path, monkeypatch):
    from keras_gans.serving.config_writer import models_config
    from keras_gans.serving.server import models
    from keras_gans.serving.server.metrics import Metrics
    from keras_gans.serving.server.options import Options

    loading, together = [], []

    class Slow:
        def __init__(self, path):
            loading.append(path)
            time.sleep(0.1)
            together.append(len(loading))
            loading.remove(path)

        def close(self):
            pass

    async def start_and_stop(config):
        manager = models.ModelManager(Options(enable_model_warmup=False), Metrics())
        await manager.start(config)
        await manager.stop()

    monkeypatch.setattr(models, "Servable", Slow)
    for name in ("one", "two", "three"):
        (tmp_path / name / "1").mkdir(parents=True)
        (tmp_path / name / "1" / "saved_model.pb").touch()
    asyncio.run(start_and_stop(models_config(tmp_path)))
    assert together == [1, 1, 1]
