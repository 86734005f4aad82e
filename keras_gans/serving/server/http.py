"""The HTTP side of the REST API: bodies and their limits, headers, deadlines, CORS and the metrics page."""

import asyncio
import contextlib
import logging
import re
import time

from keras_gans.serving.errors import ServingError
from keras_gans.serving.server.json_writer import to_text
from keras_gans.serving.server.rest_api import UnreadableVersion

_log = logging.getLogger(__name__)
_NOT_FOUND = b"<html><head><title>404 Not Found</title></head><body><h1>Not Found</h1></body></html>\n"
_API = re.compile(r"/v1/.*", re.IGNORECASE | re.DOTALL)
_CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "POST, GET",
    "Access-Control-Allow-Headers": "Content-Type",
}


class BodyTooLarge(Exception):
    """A body beyond the limit: answered with 413."""


class HttpFrontend:
    """Turns HTTP requests into calls of the REST API.

    Args:
        rest_api: the `RestApi`.
        options: the server's `Options`.
        metrics: the server's `Metrics`.
        metrics_path: where the metrics are served, or None.
    """

    def __init__(self, rest_api, options, metrics, metrics_path=None):
        self.rest_api = rest_api
        self.options = options
        self.metrics = metrics
        self.metrics_path = metrics_path

    async def listen(self):
        """Starts to listen; returns the runner, whose `cleanup` finishes the requests in flight, and the port."""
        from aiohttp import web

        # aiohttp logs a traceback for each body that a client broke; errors of our own are logged in `_answer`.
        logging.getLogger("aiohttp.server").setLevel(logging.CRITICAL)
        server = web.Server(self.handle, access_log=None)
        runner = web.ServerRunner(server, shutdown_timeout=self.options.grace_seconds, handle_signals=False)
        await runner.setup()
        await web.TCPSite(runner, self.options.host, self.options.rest_api_port, backlog=1024).start()
        return runner, runner.addresses[0][1]

    async def handle(self, request):
        """The response to any request."""
        from aiohttp import web

        path = request.raw_path
        if self.metrics_path and path.partition("?")[0] == self.metrics_path:
            status = 400 if "?" in path else 200
            return web.Response(text=self.metrics.text() if status == 200 else "", status=status)
        if not _API.fullmatch(path):
            return web.Response(body=_NOT_FOUND, status=404, content_type="text/html")
        headers = dict(_CORS) if self.options.rest_api_enable_cors_support else {}
        if request.method == "OPTIONS":
            known_origin = re.match(r"https?://", request.headers.get("Origin", ""))
            return web.Response(status=200 if known_origin else 400, headers=headers)
        status, body = await self._answer(request, path)
        return web.Response(body=body, status=status, content_type="application/json", headers=headers)

    async def _answer(self, request, path):
        deadline = asyncio.get_running_loop().time() + self.options.rest_api_timeout_in_ms / 1000
        try:
            async with asyncio.timeout_at(deadline):
                body = await _read(request, self.options.max_body_bytes)
                answer, chosen, api = self.rest_api.route(request.method, path)
                with self._measured(chosen[0], api):
                    return 200, await answer(chosen, body, deadline)
        except UnreadableVersion:
            return 400, b""
        except BodyTooLarge:
            message = f"Expected a body of at most {self.options.max_body_bytes} bytes, received: a larger one"
            return 413, to_text({"error": message})
        except TimeoutError:
            return 504, to_text({"error": "The request's deadline has passed"})
        except ServingError as error:
            return error.http_status, to_text({"error": error.message})
        except Exception as error:
            _log.exception("%s %s", request.method, path)
            return 500, to_text({"error": f"{type(error).__name__}: {error}"})

    @contextlib.contextmanager
    def _measured(self, model, api):
        # A name that is no model's is not counted: whoever asks could fill the memory with names.
        if api is None or model not in self.rest_api.manager.models:
            yield
            return
        started, status = time.perf_counter(), "OK"
        try:
            yield
        except ServingError as error:
            status = error.code
            raise
        finally:
            self.metrics.request_count.add(model, status)
            microseconds = (time.perf_counter() - started) * 1e6
            self.metrics.request_latency.observe(model, api, "REST", value=microseconds)


async def _read(request, limit):
    """The inflated body; empty where it cannot be inflated, as TensorFlow Serving has it."""
    from aiohttp import ClientPayloadError, web
    from aiohttp.http_exceptions import HttpProcessingError

    chunks, size = [], 0
    try:
        async for chunk in request.content.iter_chunked(2**16):
            size += len(chunk)
            if size > limit:
                raise BodyTooLarge
            chunks.append(chunk)
    except (ClientPayloadError, HttpProcessingError, web.RequestPayloadError):
        return b""
    return b"".join(chunks)
