"""The golden sample: equal seeds give equal statistics after loading, after export and over HTTP."""

import numpy as np

TOLERANCE = 1e-3


def measure(model, seeds=(0, 1, 2, 3)):
    """The probe of a game: `{"seed", "label", "mean", "std", "atol"}`; labels, where they are taken, as `sample`'s."""
    labels = [seed % model.num_classes for seed in seeds] if "generator" in model.takes_labels else None
    probe = {"seed": list(seeds), "label": labels}
    statistics = dict(zip(("mean", "std"), _statistics(draw(model, probe))))
    return {**probe, **{name: values.round(6).tolist() for name, values in statistics.items()}, "atol": TOLERANCE}


def draw(model, probe):
    """The samples that a probe is about."""
    return model.sample(seeds=probe["seed"], labels=probe["label"])


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


def _statistics(samples):
    """Mean and standard deviation of each row, of images in units of white (255)."""
    samples = np.asarray(samples)
    scale = 255.0 if samples.dtype == np.uint8 else 1.0
    rows = samples.reshape(len(samples), -1).astype("float64") / scale
    return rows.mean(axis=1), rows.std(axis=1)
