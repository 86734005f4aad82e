"""Where requests run: a bounded number of threads, a bounded queue before them, and a deadline for each."""

import asyncio
import concurrent.futures
import time

from keras_gans.serving.configs import value
from keras_gans.serving.errors import ServingError, invalid
from keras_gans.serving.server.batching import BatchScheduler


class Inference:
    """Runs checked calls, merged into batches where the server has batching parameters.

    Args:
        options: the server's `Options`.
        metrics: the server's `Metrics`.
        batching_parameters: a checked `BatchingParameters`, or None.
    """

    def __init__(self, options, metrics, batching_parameters=None):
        self._options = options
        self._metrics = metrics
        threads = options.inference_threads
        self._scheduler = None
        if batching_parameters is not None:
            threads = max(threads, value(batching_parameters, "num_batch_threads", threads))
            self._scheduler = BatchScheduler(batching_parameters, self._execute, metrics)
        self._threads = concurrent.futures.ThreadPoolExecutor(threads, thread_name_prefix="inference")
        self._requests = 0

    async def run(self, call, deadline):
        """The outputs `{name: array}` of a call.

        Args:
            call: a `predict.Call`.
            deadline: the event loop's time by which the outputs must be there.
        """
        rows = max((len(array) for array in call.inputs.values() if array.ndim), default=1)
        if rows > self._options.max_rows_per_request:
            most = self._options.max_rows_per_request
            raise invalid(f"Expected a request of at most {most} rows, received: {rows}")
        if self._requests >= self._options.max_queued_requests:
            raise ServingError("UNAVAILABLE", f"The server already holds {self._requests} requests; try again later")
        self._requests += 1
        try:
            async with asyncio.timeout_at(deadline):
                # A batch of no rows cannot be merged.
                run = self._scheduler.submit if self._scheduler and rows else self._execute
                outputs = await run(call, deadline)
        except TimeoutError:
            raise ServingError("DEADLINE_EXCEEDED", "The request's deadline has passed") from None
        finally:
            self._requests -= 1
        self._metrics.examples(call.model, rows)
        return outputs

    async def off_loop(self, size, function, *arguments):
        """Calls a function, in another thread where `size` bytes of work would keep the event loop from its clients."""
        if size < 2**16:
            return function(*arguments)
        return await asyncio.to_thread(function, *arguments)

    def stop(self):
        self._threads.shutdown(wait=True, cancel_futures=True)

    async def _execute(self, call, deadline):
        loop = asyncio.get_running_loop()
        outputs, seconds = await loop.run_in_executor(self._threads, _timed_run, call, deadline)
        self._metrics.runtime_latency.observe(call.model, call.api, "TF1", value=seconds * 1e6)
        return outputs


def _timed_run(call, deadline):
    started = time.monotonic()
    if started >= deadline:
        raise ServingError("DEADLINE_EXCEEDED", "The request's deadline passed while it waited")
    outputs = call.run(deadline - started)
    return outputs, time.monotonic() - started
