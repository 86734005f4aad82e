"""What a run or a score was computed on, in words."""

import os
import platform

import keras


def hardware():
    """The machine and the device, e.g. "x86_64, 2 cores, cpu:0"."""
    device = str(keras.ops.zeros(1).device).rpartition("device:")[-1].lower()
    return f"{platform.machine()}, {os.cpu_count()} cores, {device}"
