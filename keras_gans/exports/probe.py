"""The golden sample of an export: what Python computes for a few rows, to be found again wherever the export runs.

`assets.extra/probe.json` holds the most rows that a request may have, and for each signature its inputs and a summary
of each row of its outputs:

    {"most_rows": 256, "signatures": {"sample": {
        "inputs": {"seed": [0, 1, 2, 3]},
        "outputs": {"images": {"tolerance": ..., "mean": [...], "std": [...], "values": [[...], ...]}}}, ...}}

`values` are up to 16 evenly spaced numbers of the row. Inputs that are `null` are the images that `generate` answers.
"""

import json
import pathlib

import numpy as np
import tensorflow as tf

FILE = pathlib.Path("assets.extra", "probe.json")
ROWS = 4
_VALUES = 16
_EXACT, _ROUNDED = 1e-3, 0.1  # Tolerances of numbers in [-1, 1], for float32 networks and for those that round more.


def make(game_signatures, most_rows):
    """The probe of `GameSignatures`, computed on the CPU and outside of any graph.

    Raises:
        ValueError: where the outputs are not finite.
    """
    tolerance = _ROUNDED if _rounds(game_signatures.generator) else _EXACT
    made, images = {}, None
    for signature in game_signatures.listed():
        inputs = {wanted.name: wanted.examples(ROWS) for wanted in signature.inputs}
        given = {**inputs, **({"images": images} if "images" in inputs else {})}
        with tf.device("/CPU:0"):
            computed = signature.compute(**{name: tf.convert_to_tensor(rows) for name, rows in given.items()})
        outputs = {name: np.asarray(output) for name, output in computed.items()}
        if signature.name == "generate":
            images = outputs["images"]
        made[signature.name] = {
            "inputs": {name: None if name == "images" else np.asarray(rows).tolist() for name, rows in inputs.items()},
            "outputs": {
                name: {"tolerance": _tolerance(output, tolerance), **summary(output)}
                for name, output in outputs.items()
                if output.dtype != object
            },
        }
    return {"most_rows": most_rows, "signatures": made}


def write(folder, made):
    """Writes a probe into a version directory."""
    path = pathlib.Path(folder) / FILE
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")


def read(folder):
    """The probe of a version directory.

    Raises:
        FileNotFoundError: where there is none.
        ValueError: where it is damaged.
    """
    path = pathlib.Path(folder) / FILE
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(content, dict) or not {"most_rows", "signatures"} <= content.keys():
            raise ValueError("JSON of something else")
        return content
    except FileNotFoundError:
        raise FileNotFoundError(f"Expected a probe in {path}, received: no such file") from None
    except ValueError as error:
        raise ValueError(f"Expected a probe in {path}, received: {error}") from None


def summary(output):
    """Mean, standard deviation and evenly spaced values of each row of an output `(n, ...)`."""
    rows = np.asarray(output, "float64").reshape(len(output), -1)
    if not np.isfinite(rows).all():
        raise ValueError("Expected finite outputs of the networks, received: NaN or infinity")
    columns = np.unique(np.linspace(0, rows.shape[1] - 1, _VALUES).round().astype(int))
    statistics = {"mean": rows.mean(axis=1), "std": rows.std(axis=1), "values": rows[:, columns]}
    return {name: values.round(6).tolist() for name, values in statistics.items()}


def compare(expected, output):
    """Returns the largest deviation of an output from its summary in a probe.

    Raises:
        ValueError: where it is beyond the tolerance.
    """
    received = summary(output)
    deviation = 0.0
    for name, numbers in received.items():
        wanted = np.asarray(expected[name])
        if wanted.shape != np.shape(numbers):
            raise ValueError(f"Expected {name} of shape {wanted.shape}, received: {np.shape(numbers)}")
        deviation = max(deviation, float(np.abs(wanted - numbers).max()))
    if not deviation <= expected["tolerance"]:
        raise ValueError(f"Expected deviations of at most {expected['tolerance']:.3g}, received: {deviation:.3g}")
    return deviation


def _tolerance(output, tolerance):
    if output.dtype == np.uint8:
        # 127.5 gray levels are 1; rounding adds one.
        return 127.5 * tolerance + 1.0
    return tolerance * max(1.0, float(np.abs(output).max()))


def _rounds(network):
    return any(layer.compute_dtype not in ("float32", "float64") for layer in network._flatten_layers())
