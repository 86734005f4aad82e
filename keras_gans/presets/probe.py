"""The golden sample: equal seeds give equal statistics after loading, after export and over HTTP."""

import numpy as np

TOLERANCE = 1e-3


def measure(model, seeds=(0, 1, 2, 3)):
    """The probe of a game: `{"seed", "label", "mean", "std", "atol"}`; of a conditional game, labels count up too."""
    labels = labels_for(model, len(seeds))
    samples = draw(model, {"seed": list(seeds), "label": labels})
    mean, deviation = _statistics(samples)
    return {
        "seed": list(seeds),
        "label": labels,
        "mean": [round(float(value), 6) for value in mean],
        "std": [round(float(value), 6) for value in deviation],
        "atol": TOLERANCE,
    }


def draw(model, probe):
    """The samples that a probe is about."""
    conditions = {} if probe["label"] is None else {"labels": probe["label"]}
    return model.sample(seeds=probe["seed"], **conditions)


def compare(probe, samples):
    """Compares samples of the probe's seeds, wherever they come from, with the probe.

    Args:
        probe: of a preset.
        samples: uint8 images `(n, height, width, channels)`, or points `(n, features)`.

    Raises:
        ValueError: where they are other samples.
    """
    for name, values in zip(("mean", "std"), _statistics(samples)):
        expected = np.asarray(probe[name])
        if values.shape != expected.shape or not np.all(np.abs(values - expected) <= probe["atol"]):
            raise ValueError(
                f"Expected samples whose {name} is {expected.tolist()} within {probe['atol']}, "
                f"received: {values.round(6).tolist()}"
            )


def labels_for(model, n):
    """`n` labels that count up through the classes; None for a game without classes."""
    classes = getattr(model, "num_classes", None)
    return None if classes is None else [index % classes for index in range(n)]


def _statistics(samples):
    """Mean and standard deviation of each row, of images in units of white (255)."""
    samples = np.asarray(samples)
    scale = 255.0 if samples.dtype == np.uint8 else 1.0
    rows = samples.reshape(len(samples), -1).astype("float64") / scale
    return rows.mean(axis=1), rows.std(axis=1)
