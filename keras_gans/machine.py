"""What a run or a score was computed on, in words."""

import os
import platform

import keras


def hardware():
    """The machine and the device, e.g. "x86_64, 2 cores, cpu:0" or, where JAX knows it, "..., NVIDIA A100"."""
    device = keras.ops.zeros(1).device
    kind = getattr(device, "device_kind", "cpu")
    name = str(device).rpartition("device:")[-1].lower() if kind.lower() == "cpu" else kind
    return f"{platform.machine()}, {os.cpu_count()} cores, {name}"
