"""FID from features beside TF-GAN's and SciPy's `sqrtm`, and the memory that streaming statistics need.

Contestants take turns in one process, so that what else the machine does meets all alike. Seconds are medians over the
rounds; a speed-up is the median over the rounds of a rival's seconds over ours.
"""

import concurrent.futures
import multiprocessing
import os
import platform
import statistics
import time

import numpy as np

from keras_gans.metrics import StreamingStatistics, feature_statistics, frechet_distance


def run(rows=10_000, width=2048, rounds=3, streamed=50_000):
    """Measures speed and memory; returns a JSON-ready report.

    Args:
        rows: features of each side, `(rows, width)`.
        width: dimensions of the features.
        rounds: turns of each contestant.
        streamed: rows that the statistics read in batches, in a process of their own.
    """
    return {
        "machine": {"cpus": os.cpu_count(), "processor": platform.processor() or platform.machine()},
        "rows": rows,
        "width": width,
        "rounds": rounds,
        "frechet_distance": _speed(rows, width, rounds),
        "streaming": {"rows": streamed, **_memory(streamed, width)},
    }


def table(report):
    """The report as text."""
    lines = [
        f"FID from {report['rows']} x {report['width']} features, medians of {report['rounds']} rounds, and how many "
        "times as long as ours, from both sets of features and with the real ones' statistics kept"
    ]
    for name, row in report["frechet_distance"].items():
        ratios = f"{row['speedup']:7.2f} x {row['speedup_kept']:7.2f} x"
        lines.append(f"{name:16s} {row['seconds']:9.2f} s {ratios}   FID {row['value']:.6f}")
    memory = report["streaming"]
    lines.append(
        f"Peak memory above the baseline, {memory['rows']} x {report['width']} features: streaming "
        f"{memory['statistics_mib']:.0f} MiB, and the distance from the statistics {memory['distance_mib']:.0f} MiB"
    )
    return "\n".join(lines)


def _speed(rows, width, rounds):
    """Seconds, value and our speed-ups for each contestant.

    The evaluation keeps the statistics of real images from one score to the next; the others have no place for them.
    """
    pair = _features(rows, width, seed=0), _features(rows, width, seed=1)
    kept = {side.shape: feature_statistics(side) for side in (pair[0][:64, :16], pair[0])}
    contestants = {
        "keras_gans": _ours,
        "statistics_kept": lambda real, generated: frechet_distance(kept[real.shape], feature_statistics(generated)),
        "tensorflow_gan": _tensorflow_gan(),
        "scipy_sqrtm": _scipy,
    }
    values = {
        name: contestant(*(side[:64, :16] for side in pair)) for name, contestant in contestants.items()
    }  # warm up
    seconds = {name: [] for name in contestants}
    for _ in range(rounds):
        for name, contestant in contestants.items():
            started = time.perf_counter()
            values[name] = contestant(*pair)
            seconds[name].append(time.perf_counter() - started)
    return {
        name: {
            "seconds": statistics.median(mine),
            "speedup": _median_ratio(mine, seconds["keras_gans"]),
            "speedup_kept": _median_ratio(mine, seconds["statistics_kept"]),
            "value": values[name],
        }
        for name, mine in seconds.items()
    }


def _median_ratio(theirs, ours):
    return statistics.median(their / our for their, our in zip(theirs, ours, strict=True))


def _features(rows, width, seed):
    """Correlated and not negative, float32 `(rows, width)`, as a network's last pooled layer puts out."""
    draw = np.random.default_rng(seed)
    mixing = np.random.default_rng(0).normal(size=(width, width)) / width**0.5
    return np.maximum((1.0 + 0.1 * seed) * draw.normal(size=(rows, width)) @ mixing, 0.0).astype(np.float32)


def _ours(real, generated):
    return frechet_distance(feature_statistics(real), feature_statistics(generated))


def _tensorflow_gan():
    from keras_gans import interop

    distance = interop.tensorflow_gan().eval.frechet_classifier_distance_from_activations
    return lambda real, generated: float(distance(real, generated))


def _scipy(real, generated):
    """As in the reference implementation of Heusel et al."""
    from scipy.linalg import sqrtm

    real, generated = real.astype(np.float64), generated.astype(np.float64)
    difference = real.mean(axis=0) - generated.mean(axis=0)
    covariances = np.cov(real, rowvar=False), np.cov(generated, rowvar=False)
    overlap = np.trace(sqrtm(covariances[0] @ covariances[1])).real
    return float(difference @ difference + np.trace(covariances[0]) + np.trace(covariances[1]) - 2.0 * overlap)


def _memory(rows, width):
    """Peaks in a process of their own, since a peak never falls."""
    spawn = multiprocessing.get_context("spawn")
    with concurrent.futures.ProcessPoolExecutor(1, mp_context=spawn) as pool:
        return pool.submit(_stream, rows, width).result()


def _stream(rows, width, batch_size=500):
    batch = np.random.default_rng(0).normal(size=(batch_size, width)).astype(np.float32)
    baseline = _mebibytes("VmRSS")
    stream = StreamingStatistics()
    for start in range(0, rows, batch_size):
        stream.update(batch[: rows - start])
    result = stream.result()
    after_statistics = _mebibytes("VmHWM")
    frechet_distance(result, result)
    return {
        "baseline_mib": baseline,
        "statistics_mib": after_statistics - baseline,
        "distance_mib": _mebibytes("VmHWM") - baseline,
    }


def _mebibytes(field):
    """Memory of this process: resident now (VmRSS) or at most so far (VmHWM); Linux only.

    Not `getrusage`, whose maximum a child takes over from the process that started it.
    """
    with open("/proc/self/status") as file:
        return next(int(line.split()[1]) for line in file if line.startswith(field)) / 1024
