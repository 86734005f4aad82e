"""Server-side batching: requests that meet in a queue run as one batch, by the rules of `BatchingParameters`."""

import asyncio
import collections
import dataclasses
import itertools
import os
import time

import numpy as np

from keras_gans.serving.configs import largest_batch, value
from keras_gans.serving.errors import ServingError, invalid


@dataclasses.dataclass
class Task:
    """Rows that wait for a batch, and the future that waits for their outputs."""

    call: object
    rows: int
    deadline: float
    future: asyncio.Future
    enqueued: float = dataclasses.field(default_factory=time.monotonic)


@dataclasses.dataclass
class Batch:
    """Tasks that will run together."""

    tasks: list = dataclasses.field(default_factory=list)
    opened: float = dataclasses.field(default_factory=time.monotonic)

    @property
    def rows(self):
        return sum(task.rows for task in self.tasks)


class BatchScheduler:
    """Forms batches and runs at most `num_batch_threads` of them at a time, for all models together.

    Rows are merged only where model, version, signature, outputs and inner shapes agree, so a request of a wrong shape
    cannot spoil its neighbours; and where a batch fails, its requests run again one by one.

    Args:
        parameters: a checked `BatchingParameters`.
        execute: coroutine function from `(call, deadline)` to `{output name: array}`.
        metrics: the server's `Metrics`.
    """

    def __init__(self, parameters, execute, metrics):
        if parameters.pad_variable_length_inputs:
            raise invalid("Expected pad_variable_length_inputs: false (the local server does not pad), received: true")
        self._input_limit = value(parameters, "max_batch_size", 1000)
        self._limit = largest_batch(parameters)
        self._splits = parameters.enable_large_batch_splitting.value
        self._timeout = value(parameters, "batch_timeout_micros", 0) / 1e6
        self._most_batches = value(parameters, "max_enqueued_batches", 10)
        self._free_threads = value(parameters, "num_batch_threads", os.cpu_count() or 1)
        self._sizes = list(parameters.allowed_batch_sizes)
        self._pool = value(parameters, "thread_pool_name", "batch_threads")
        self._execute = execute
        self._metrics = metrics
        self._queues = collections.defaultdict(collections.deque)
        self._running = set()

    async def submit(self, call, deadline):
        """The outputs of a call, once a batch with its rows has run."""
        rows = check_batchable(call)
        if rows > self._input_limit and not self._splits:
            raise invalid(f"Task size {rows} is larger than maximum input batch size {self._input_limit}")
        pieces = [
            dataclasses.replace(call, inputs={name: a[start : start + self._limit] for name, a in call.inputs.items()})
            for start in range(0, rows, self._limit)
        ]
        futures = [self._enqueue(piece, deadline) for piece in pieces]
        self._dispatch()
        outputs = await asyncio.gather(*futures)
        if len(outputs) == 1:
            return outputs[0]
        return {name: np.concatenate([piece[name] for piece in outputs]) for name in call.outputs}

    def _enqueue(self, call, deadline):
        shapes = tuple((name, array.shape[1:]) for name, array in call.inputs.items())
        queue = self._queues[call.servable, call.signature_name, call.outputs, shapes]
        rows = _rows(call)
        if not queue or queue[-1].rows + rows > self._limit:
            if len(queue) >= self._most_batches:
                raise ServingError("UNAVAILABLE", "The batch scheduling queue to which this task was submitted is full")
            queue.append(Batch())
        future = asyncio.get_running_loop().create_future()
        queue[-1].tasks.append(Task(call, rows, deadline, future))
        self._metrics.input_batch_size.observe(self._pool, value=rows)
        return future

    def _dispatch(self):
        """Gives ready batches, the oldest first, to free threads; looks again when the next one becomes ready."""
        now = time.monotonic()
        while self._free_threads:
            ready = [key for key, queue in self._queues.items() if self._ready_at(queue) <= now]
            if not ready:
                break
            key = min(ready, key=lambda key: self._queues[key][0].opened)
            batch = self._queues[key].popleft()
            if not self._queues[key]:
                del self._queues[key]
            self._free_threads -= 1
            running = asyncio.create_task(self._process(batch))
            self._running.add(running)
            running.add_done_callback(self._running.discard)
        if self._free_threads and self._queues:
            soonest = min(self._ready_at(queue) for queue in self._queues.values())
            asyncio.get_running_loop().call_later(max(0.0, soonest - now), self._dispatch)

    def _ready_at(self, queue):
        closed = len(queue) > 1 or queue[0].rows >= self._limit
        return queue[0].opened + (0.0 if closed else self._timeout)

    async def _process(self, batch):
        tasks = [task for task in batch.tasks if not task.future.done()]
        try:
            if tasks:
                await self._run(tasks)
        finally:
            self._free_threads += 1
            self._dispatch()

    async def _run(self, tasks):
        now = time.monotonic()
        for task in tasks:
            self._metrics.queuing_latency.observe(self._pool, value=(now - task.enqueued) * 1e6)
        rows = sum(task.rows for task in tasks)
        size = next((size for size in self._sizes if size >= rows), rows)
        self._metrics.wrapped_run_count.add(self._pool)
        self._metrics.processed_batch_size.observe(self._pool, value=size)
        self._metrics.padding_size.observe(str(size), self._pool, value=size - rows)
        try:
            outputs = await self._execute(_merged(tasks, size - rows), max(task.deadline for task in tasks))
            _check_outputs(outputs, size)
        except ServingError as error:
            if len(tasks) > 1:
                await asyncio.gather(*(self._run([task]) for task in tasks))
            else:
                _finish(tasks[0], error=error)
            return
        ends = list(itertools.accumulate(task.rows for task in tasks))
        for task, end in zip(tasks, ends, strict=True):
            _finish(task, {name: array[end - task.rows : end] for name, array in outputs.items()})


def check_batchable(call):
    """The number of rows of a call, which every input must have; else INVALID_ARGUMENT."""
    for array in call.inputs.values():
        if array.ndim == 0:
            raise invalid("Batching Run() input tensors must have at least one dimension")
    if len({len(array) for array in call.inputs.values()}) != 1:
        raise invalid("Batching Run() input tensors must have equal 0th-dimension size")
    return _rows(call)


def _rows(call):
    return len(next(iter(call.inputs.values())))


def _merged(tasks, padding):
    """One call with the rows of all tasks, padded with the first row of the last one."""
    last = tasks[-1].call.inputs
    inputs = {
        name: np.concatenate([task.call.inputs[name] for task in tasks] + [last[name][:1]] * padding) for name in last
    }
    return dataclasses.replace(tasks[0].call, inputs=inputs)


def _check_outputs(outputs, rows):
    for array in outputs.values():
        if array.ndim == 0 or len(array) != rows:
            raise ServingError(
                "FAILED_PRECONDITION",
                "Batched output tensor's 0th dimension does not equal the sum of the 0th dimension sizes of the input "
                "tensors",
            )


def _finish(task, outputs=None, error=None):
    if task.future.done():
        return
    if error is None:
        task.future.set_result(outputs)
    else:
        task.future.set_exception(error)
