"""Counters and histograms in Prometheus' text format, under the names that TensorFlow Serving gives them.

Prometheus' own client library appends `_total` to counters and writes HELP lines, which TensorFlow Serving does not.
"""

import bisect
import re

BUCKETS = tuple(10.0 * 1.8**exponent for exponent in range(33))
"""Upper bounds of the histograms' buckets; latencies are microseconds."""


class Metric:
    """A metric with labels; `path` is TensorFlow Serving's name of it, e.g. "/tensorflow/serving/request_count"."""

    kind = None

    def __init__(self, path, *labels):
        self.name = re.sub(r"[^A-Za-z0-9_]", ":", path)
        self.labels = labels
        self.cells = {}

    def lines(self):
        if self.cells:
            yield f"# TYPE {self.name} {self.kind}"
        for key, cell in self.cells.items():
            pairs = [f'{label}="{_escape(text)}"' for label, text in zip(self.labels, key, strict=True)]
            yield from self.cell_lines(pairs, cell)


class Counter(Metric):
    """A number that only grows."""

    kind = "counter"

    def add(self, *key, amount=1):
        self.cells[key] = self.cells.get(key, 0) + amount

    def cell_lines(self, pairs, cell):
        yield f"{_series(self.name, pairs)} {cell}"


class Histogram(Metric):
    """How often a value fell at or below each of `BUCKETS`, cumulatively."""

    kind = "histogram"

    def observe(self, *key, value):
        counts, total = self.cells.get(key, ([0] * (len(BUCKETS) + 1), 0.0))
        counts[bisect.bisect_left(BUCKETS, value)] += 1
        self.cells[key] = (counts, total + value)

    def cell_lines(self, pairs, cell):
        counts, total = cell
        cumulative = 0
        for bound, count in zip((*BUCKETS, None), counts, strict=True):
            cumulative += count
            text = "+Inf" if bound is None else f"{bound:g}"
            yield f"{_series(self.name + '_bucket', [*pairs, f'le={chr(34)}{text}{chr(34)}'])} {cumulative}"
        yield f"{_series(self.name + '_sum', pairs)} {total:g}"
        yield f"{_series(self.name + '_count', pairs)} {cumulative}"


class Metrics:
    """Everything that the server counts; changed on the event loop alone."""

    def __init__(self):
        serving, batching = "/tensorflow/serving/", "/tensorflow/serving/batching_session/"
        self.request_count = Counter(serving + "request_count", "model_name", "status")
        self.request_latency = Histogram(serving + "request_latency", "model_name", "API", "entrypoint")
        self.runtime_latency = Histogram(serving + "runtime_latency", "model_name", "API", "runtime")
        self.example_counts = Histogram(serving + "request_example_counts", "model")
        self.example_count_total = Counter(serving + "request_example_count_total", "model")
        self.warmup_latency = Histogram(serving + "model_warmup_latency", "model_path", "status")
        self.queuing_latency = Histogram(batching + "queuing_latency", "thread_pool_name")
        self.padding_size = Histogram(batching + "padding_size", "execution_batch_size", "thread_pool_name")
        self.input_batch_size = Histogram(batching + "input_batch_size", "thread_pool_name")
        self.processed_batch_size = Histogram(batching + "processed_batch_size", "thread_pool_name")
        self.wrapped_run_count = Counter(batching + "wrapped_run_count", "thread_pool_name")

    def examples(self, model, count):
        self.example_counts.observe(model, value=count)
        self.example_count_total.add(model, amount=count)

    def text(self):
        metrics = vars(self).values()
        return "".join(f"{line}\n" for metric in metrics for line in metric.lines())


def _series(name, pairs):
    return f"{name}{{{','.join(pairs)}}}" if pairs else name


def _escape(text):
    return text.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
