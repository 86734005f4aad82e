"""The report of a comparison as text."""


def table(report):
    """The figures that a report holds, as text."""
    machine, versions = report["machine"], report["versions"]
    lines = [
        f"{machine['processor']}, cores: {machine['cpus']}, {' '.join(machine['instructions'])}; "
        + ", ".join(f"{name} {version}" for name, version in versions.items()),
        f"Medians of {report['blocks']} turns; ratios by wall time, and in brackets by the time of all cores together",
    ]
    for name, case in report.get("contestants", {}).items():
        lines += ["", *_comparison(name, case)]
    for name, rows in report.get("small", {}).items():
        lines += ["", *_small(name, rows)]
    for quantity, figures in report.get("slopes", {}).items():
        lines += ["", *_slope(quantity, figures)]
    if report["targets"]:
        lines += ["", f"{'targets':110s} {'at least':>9s} {'measured':>9s}"]
        lines += [_target(target) for target in report["targets"]]
    return "\n".join(lines)


def _comparison(name, case):
    peaks = ", ".join(f"{precision} {peak:.0f}" for precision, peak in case["peak_gflops"].items())
    yield f"{name}: {case['gflop_per_step']:.1f} GFLOP a step; matrix products, GFLOP/s: {peaks}"
    yield (
        f"{'':26s} {'images/s':>9s} {'of peak':>8s} {'cores ms':>9s} {'MiB':>6s}   "
        f"{'x plain loop':>14s} {'x PyTorch':>14s} {'x keras.io':>14s}"
    )
    rivals = ("plain tf.function loop", "PyTorch eager", "keras.io style")
    for label, row in case["contestants"].items():
        against = " ".join(f"{_times(row['against'].get(rival)):>14s}" for rival in rivals)
        yield (
            f"{label:26s} {row['images_per_second']:9.1f} {row['share_of_peak']:8.1%} "
            f"{1e3 * row['cpu_seconds_per_step']:9.0f} {_memory(row)}   {against}"
        )
    for label, reason in case["left_out"].items():
        yield f"{label:26s} left out: {reason}"


def _small(name, rows):
    yield f"{name}"
    yield f"{'':42s} {'steps/s':>9s} {'cores ms':>9s} {'x fit':>14s}"
    for label, row in rows.items():
        yield (
            f"{label:42s} {row['steps_per_second']:9.1f} {1e3 * row['cpu_seconds_per_step']:9.1f} "
            f"{_times(row['against']['fit']):>14s}"
        )


def _slope(quantity, figures):
    yield f"{quantity:>14s} {'ms a step':>10s} {'cores ms':>10s}"
    for row in zip(figures["values"], figures["milliseconds"], figures["cpu_milliseconds"]):
        yield "{:14d} {:10.1f} {:10.1f}".format(*row)
    for name, line in figures["fit"].items():
        yield (
            f"  {name} = {line['fixed']:.1f} + {line['slope']:.4g} * {quantity}, R^2 {line['r2']:.4f}; "
            f"exponent {line['exponent']:.2f}"
        )


def _target(target):
    pair = f"{target['contestant']} / {target['against']}: {target['case']}"
    return f"{pair:110s} {target['at_least']:9.2f} {target['measured']:9.2f}  {'met' if target['met'] else 'MISSED'}"


def _times(ratio):
    return "" if ratio is None else f"{ratio['speed']:.2f} ({ratio['cpu']:.2f})"


def _memory(row):
    return f"{'':>6s}" if row["peak_mib"] is None else f"{row['peak_mib']:6.0f}"
