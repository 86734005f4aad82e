"""The comparison: all contestants on both cases, the machine's peak, and `fit` on small networks."""

import importlib.metadata
import importlib.util
import os
import platform

from keras_gans.benchmarks.speed import flops, gemm, slopes, small, targets, turns
from keras_gans.benchmarks.speed.case import LECTURE, WASSERSTEIN
from keras_gans.benchmarks.speed.seat import Seat

CASES = (LECTURE, WASSERSTEIN)

CONTESTANTS = {
    "keras_gans float32": ("fit", {"precision": "float32"}),
    "keras_gans bfloat16": ("fit", {"precision": "bfloat16"}),
    "plain tf.function loop": ("plain", {}),
    "keras.io style": ("keras_io", {}),
    "PyTorch eager": ("pytorch", {"channels_last": False}),
    "PyTorch channels_last": ("pytorch", {"channels_last": True}),
}
"""Label -> the module of this package that has its class `Contestant`, and options of it."""

PEAKS = {f"peak {precision}": ("gemm", {"precision": precision}) for precision in ("float32", "bfloat16")}
PRODUCTS = 3
"""Matrix products in a block."""


def run(blocks=7, steps=4, parts=("contestants", "small"), seat=Seat):
    """Measures what is asked for; returns a JSON-ready report.

    Args:
        blocks: turns of each contestant.
        steps: train steps in a turn.
        parts: of "contestants", who all train the same; "small", `fit` on small networks with and without
            `steps_per_execution`; and "slopes", the cost of a step against what it grows with.
        seat: where a contestant sits, `Seat` or `Place`.
    """
    report = {"machine": machine(), "versions": versions(), "blocks": blocks, "steps": steps}
    if "contestants" in parts:
        report["contestants"] = {case.name: compare(case, blocks, steps, seat) for case in CASES}
    if "small" in parts:
        report["small"] = {case.name: small.compare(case, blocks, seat) for case in small.CASES}
    if "slopes" in parts:
        report["slopes"] = slopes.measure(blocks, steps)
    return {**report, "targets": targets.check(report)}


def compare(case, blocks, steps, seat=Seat):
    """All contestants, and the machine's peak in the same turns."""
    there = {label: entry for label, entry in CONTESTANTS.items() if _importable(entry[0])}
    seated = {label: (kind, case, options) for label, (kind, options) in {**there, **PEAKS}.items()}
    counts = {**dict.fromkeys(there, steps), **dict.fromkeys(PEAKS, PRODUCTS)}
    blocks_of = turns.take_turns(seated, blocks, counts, seat)
    peaks = {label: gemm.flops() * PRODUCTS / turns.median(blocks_of[label], "seconds") for label in PEAKS}
    work = flops.step(case)
    rows = {}
    for label, (_, options) in there.items():
        peak = peaks[f"peak {options.get('precision', 'float32')}"]
        rows[label] = turns.row(blocks_of[label], steps, case.images_per_step)
        rows[label]["share_of_peak"] = work / rows[label]["seconds_per_step"] / peak
        rows[label]["against"] = {
            other: turns.ratio(blocks_of[label], blocks_of[other]) for other in there if other != label
        }
    return {
        "images_per_step": case.images_per_step,
        "gflop_per_step": work / 1e9,
        "peak_gflops": {label.removeprefix("peak "): peak / 1e9 for label, peak in peaks.items()},
        "contestants": rows,
        "left_out": {
            label: "PyTorch is not installed: keras-gans[torch]" for label in CONTESTANTS.keys() - there.keys()
        },
    }


def machine():
    """The processor, the cores of it that may be used, and the instructions that matter here."""
    lines = []
    if os.path.isfile("/proc/cpuinfo"):
        with open("/proc/cpuinfo") as file:
            lines = [[part.strip() for part in line.partition(":")[::2]] for line in file]
    facts = dict(lines)
    wanted = ("avx2", "avx512f", "avx512_bf16", "amx_bf16")
    return {
        "cpus": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "processor": facts.get("model name") or platform.processor() or platform.machine(),
        "instructions": [name for name in wanted if name in facts.get("flags", "").split()],
    }


def versions():
    """Of the frameworks that take part."""
    names = [name for name in ("keras", "tensorflow", "torch") if importlib.util.find_spec(name)]
    return {name: importlib.metadata.version(name) for name in names}


def _importable(kind):
    return kind != "pytorch" or importlib.util.find_spec("torch") is not None
