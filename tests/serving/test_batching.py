"""Server-side batching: rows merge, pad, split and come back to their own request."""

import asyncio
import dataclasses
import time

import numpy as np
import pytest
from google.protobuf import text_format

from keras_gans.serving import ServingError
from keras_gans.serving.protos import message_class
from keras_gans.serving.server.batching import BatchScheduler
from keras_gans.serving.server.metrics import Metrics


@dataclasses.dataclass(frozen=True)
class Call:
    """What the scheduler needs of a call."""

    inputs: dict
    servable: str = "servable"
    signature_name: str = "serving_default"
    outputs: tuple = ("y",)


class Recorder:
    """Runs y = 2 x and remembers the batches; refuses negative rows."""

    def __init__(self, parameters):
        self.batches = []
        self.metrics = Metrics()
        message = text_format.Parse(parameters, message_class("BatchingParameters")())
        self.scheduler = BatchScheduler(message, self.execute, self.metrics)

    async def execute(self, call, deadline):
        self.batches.append(call.inputs["x"].tolist())
        await asyncio.sleep(0.005)
        if (call.inputs["x"] < 0).any():
            raise ServingError("INVALID_ARGUMENT", "negative")
        return {"y": call.inputs["x"] * 2}

    async def submit(self, *rows):
        outputs = await self.scheduler.submit(Call({"x": np.array(rows)}), time.monotonic() + 10)
        return outputs["y"].tolist()

    def run(self, *requests):
        async def together():
            return await asyncio.gather(*(self.submit(*rows) for rows in requests), return_exceptions=True)

        return asyncio.run(together())


def test_requests_that_wait_are_merged_in_order():
    recorder = Recorder("max_batch_size { value: 4 } num_batch_threads { value: 1 }")
    assert recorder.run([1], [2], [3, 4], [5], [6]) == [[2], [4], [6, 8], [10], [12]]
    # The first request finds a free thread; the others meet in the queue.
    assert recorder.batches == [[1], [2, 3, 4, 5], [6]]


def test_a_timeout_waits_for_more():
    recorder = Recorder(
        "max_batch_size { value: 4 } num_batch_threads { value: 1 } batch_timeout_micros { value: 20000 }"
    )
    recorder.run([1], [2], [3])
    assert recorder.batches == [[1, 2, 3]]


def test_batches_are_padded_with_the_first_row_of_the_last_task():
    sizes = (
        "allowed_batch_sizes: 2 allowed_batch_sizes: 6 max_batch_size { value: 6 } batch_timeout_micros { value: 9000 }"
    )
    recorder = Recorder(sizes)
    assert recorder.run([1], [7, 8]) == [[2], [14, 16]]
    assert recorder.batches == [[1, 7, 8, 7, 7, 7]]


def test_a_large_task_is_refused_or_split():
    recorder = Recorder("max_batch_size { value: 2 }")
    [error] = recorder.run([1, 2, 3])
    assert (error.code, error.message) == ("INVALID_ARGUMENT", "Task size 3 is larger than maximum input batch size 2")
    recorder = Recorder("max_batch_size { value: 2 } enable_large_batch_splitting { value: true }")
    assert recorder.run([1, 2, 3, 4, 5]) == [[2, 4, 6, 8, 10]]
    assert [len(batch) for batch in recorder.batches] == [2, 2, 1]


def test_a_full_queue_is_unavailable():
    recorder = Recorder("max_batch_size { value: 1 } num_batch_threads { value: 1 } max_enqueued_batches { value: 2 }")
    outcomes = recorder.run([1], [2], [3], [4], [5])
    assert outcomes[:3] == [[2], [4], [6]]
    assert [error.code for error in outcomes[3:]] == ["UNAVAILABLE"] * 2


def test_a_bad_request_does_not_spoil_its_neighbours():
    recorder = Recorder("max_batch_size { value: 8 } num_batch_threads { value: 1 }")
    good, first, bad, last = recorder.run([1], [2], [-3], [4])
    assert (good, first, last) == ([2], [4], [8])
    assert bad.message == "negative"


def test_other_shapes_run_apart():
    recorder = Recorder("max_batch_size { value: 8 } batch_timeout_micros { value: 5000 }")
    assert recorder.run([[1]], [[2, 3]], [[4]]) == [[[2]], [[4, 6]], [[8]]]
    assert sorted(map(len, recorder.batches)) == [1, 2]


@pytest.mark.parametrize(
    "inputs, message",
    [
        ({"x": np.array(1)}, "Batching Run() input tensors must have at least one dimension"),
        ({"x": np.zeros(2), "z": np.zeros(3)}, "Batching Run() input tensors must have equal 0th-dimension size"),
    ],
)
def test_what_cannot_be_batched(inputs, message):
    recorder = Recorder("max_batch_size { value: 8 }")
    with pytest.raises(ServingError) as caught:
        asyncio.run(recorder.scheduler.submit(Call(inputs), time.monotonic() + 10))
    assert caught.value.message == message


def test_metrics():
    recorder = Recorder(
        "max_batch_size { value: 4 } batch_timeout_micros { value: 9000 } thread_pool_name { value: 'p' }"
    )
    recorder.run([1], [2])
    text = recorder.metrics.text()
    assert ':tensorflow:serving:batching_session:processed_batch_size_sum{thread_pool_name="p"} 2' in text
    assert ':tensorflow:serving:batching_session:wrapped_run_count{thread_pool_name="p"} 1' in text
    assert "# TYPE :tensorflow:serving:batching_session:queuing_latency histogram" in text
