"""Protocols by name, with settings."""

import dataclasses
import math

from keras_gans import registry
from keras_gans.benchmarks.points import GridBenchmark, RingBenchmark, SwissRollBenchmark
from keras_gans.benchmarks.stacked_mnist import (
    UnrolledDCGANStackedMNIST,
    UnrolledStackedMNIST,
    VEEGANStackedMNIST,
)
from keras_gans.benchmarks.triangles import TrianglesBenchmark

PROTOCOLS = {
    "ring": {"pacgan": RingBenchmark},
    "grid": {"pacgan": GridBenchmark},
    "swiss-roll": {"pacgan": SwissRollBenchmark},
    "stacked-mnist": {
        "unrolled": UnrolledStackedMNIST,
        "unrolled-dcgan": UnrolledDCGANStackedMNIST,
        "veegan": VEEGANStackedMNIST,
    },
    "triangles": {"lucic": TrianglesBenchmark},
}
"""Benchmark -> protocol -> class; the first protocol is the default."""


def get(benchmark, protocol=None, settings=()):
    """A `Protocol`.

    Args:
        benchmark: one of `PROTOCOLS`.
        protocol: one of the benchmark's, or None for its first.
        settings: strings "key=value" for the protocol's fields.

    Raises:
        ValueError: for unknown names or keys, or values of another type than the default's.
    """
    if benchmark not in PROTOCOLS:
        raise ValueError(registry.unknown("benchmark", benchmark, PROTOCOLS))
    known = PROTOCOLS[benchmark]
    protocol = protocol or next(iter(known))
    if protocol not in known:
        raise ValueError(registry.unknown(f"protocol of {benchmark}", protocol, known))
    cls = known[protocol]
    fields = {field.name: field for field in dataclasses.fields(cls)}
    values = {}
    for setting in settings:
        key, _, text = setting.partition("=")
        if key not in fields:
            raise ValueError(registry.unknown(f"setting of {benchmark}", key, fields))
        values[key] = _value(key, text, type(fields[key].default))
    return cls(**values)


def of(settings):
    """The `Protocol` of a record: its fields, and its name as "benchmark"."""
    fields = dict(settings)
    name = fields.pop("benchmark")
    classes = {cls.name: cls for known in PROTOCOLS.values() for cls in known.values()}
    if name not in classes:
        raise ValueError(registry.unknown("benchmark", name, classes))
    return classes[name](**fields)


def _value(key, text, kind):
    try:
        value = kind(text)
    except ValueError:
        value = 0
    if not 0 < value < math.inf:
        raise ValueError(f"Expected a positive {kind.__name__}, received: {key}={text!r}")
    return value
