"""The assembly: REST and gRPC listeners, the version manager and the inference threads, in one event loop."""

import asyncio
import logging
import signal

from keras_gans.serving import configs
from keras_gans.serving.server.grpc_requests import refuse_unreadable
from keras_gans.serving.server.grpc_service import ModelService, PredictionService
from keras_gans.serving.server.http import HttpFrontend
from keras_gans.serving.server.inference import Inference
from keras_gans.serving.server.metrics import Metrics
from keras_gans.serving.server.models import ModelManager
from keras_gans.serving.server.rest_api import RestApi

_log = logging.getLogger(__name__)
_DEFAULT_METRICS_PATH = "/monitoring/prometheus/metrics"
_LAST_CALL_SECONDS = 0.2
"""Between the signal to stop and the closing of the listeners: what clients have sent by then is still accepted."""


class LocalServer:
    """A server of SavedModels on this machine.

    Args:
        models: a checked `ModelServerConfig`.
        options: `Options`.
        batching: a checked `BatchingParameters`, or None for no batching.
        monitoring: a `MonitoringConfig`, or None for no metrics page.
        models_file: where `models` was read from, to read it again every `model_config_file_poll_wait_seconds`.
    """

    def __init__(self, models, options, batching=None, monitoring=None, models_file=None):
        self.models = models
        self.options = options
        self.models_file = models_file
        self.metrics = Metrics()
        self.manager = ModelManager(options, self.metrics)
        self.inference = Inference(options, self.metrics, batching)
        prometheus = monitoring.prometheus_config if monitoring is not None else None
        enabled = prometheus is not None and prometheus.enable
        self.metrics_path = (prometheus.path or _DEFAULT_METRICS_PATH) if enabled else None

    async def run(self, ready=None):
        """Serves until SIGTERM or SIGINT, then finishes what is in flight.

        Args:
            ready: called with the gRPC and the REST port once every model is loaded and both are open.
        """
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for name in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(name, stop.set)
        starting = asyncio.create_task(self._start())
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait([starting, stopping], return_when=asyncio.FIRST_COMPLETED)
        if not starting.done():
            starting.cancel()
            return
        ports = await starting
        if ready is not None:
            ready(*ports)
        await stopping
        await self._stop()

    async def _start(self):
        await self.manager.start(self.models)
        rest_api = RestApi(self.manager, self.inference)
        frontend = HttpFrontend(rest_api, self.options, self.metrics, self.metrics_path)
        self._http, rest_port = await frontend.listen()
        grpc_port = await self._listen_grpc()
        self._reader = asyncio.create_task(self._read_config_again())
        return grpc_port, rest_port

    async def _listen_grpc(self):
        import grpc
        from grpc_health.v1 import health, health_pb2, health_pb2_grpc
        from tensorflow_serving.apis import model_service_pb2_grpc, prediction_service_pb2_grpc

        limits = [
            ("grpc.max_receive_message_length", self.options.max_body_bytes),
            ("grpc.max_send_message_length", -1),
            ("grpc.so_reuseport", 0),
        ]
        self._grpc = grpc.aio.server(options=limits, interceptors=[refuse_unreadable()])
        service = PredictionService(self.manager, self.inference, self.options, self.metrics)
        prediction_service_pb2_grpc.add_PredictionServiceServicer_to_server(service, self._grpc)
        model_service_pb2_grpc.add_ModelServiceServicer_to_server(ModelService(self.manager, self.options), self._grpc)
        self._health = health.aio.HealthServicer()
        health_pb2_grpc.add_HealthServicer_to_server(self._health, self._grpc)
        for name in ("", "ModelService", "PredictionService"):
            await self._health.set(name, health_pb2.HealthCheckResponse.SERVING)
        host = f"[{self.options.host}]" if ":" in self.options.host else self.options.host
        port = self._grpc.add_insecure_port(f"{host}:{self.options.port}")
        await self._grpc.start()
        return port

    async def _read_config_again(self):
        pause = self.options.model_config_file_poll_wait_seconds
        while pause and self.models_file:
            await asyncio.sleep(pause)
            try:
                await self.manager.reload(configs.read_models(self.models_file))
            except configs.ServingError as error:
                _log.error("The config file was not taken over: %s", error)

    async def _stop(self):
        self._reader.cancel()
        await self._health.enter_graceful_shutdown()
        await asyncio.sleep(_LAST_CALL_SECONDS)
        await asyncio.gather(self._http.cleanup(), self._grpc.stop(self.options.grace_seconds))
        await self.manager.stop()
        self.inference.stop()
