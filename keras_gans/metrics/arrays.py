"""What metrics accept: finite real arrays of the right rank, float64 inside."""

import numpy as np


def check_features(features, name="features", minimum=1):
    """`features` as a finite real array `(n, d)` with n >= `minimum` and d >= 1, in its own dtype and not copied.

    Raises:
        TypeError: for dtypes that are not real numbers.
        ValueError: for another rank, too few rows, no columns, NaN or infinity; the message names the first bad row.
    """
    array = np.asarray(features)
    if array.dtype.kind not in "fiub":
        raise TypeError(f"Expected real {name} of shape (n, d), received: dtype={array.dtype}")
    if array.ndim != 2 or array.shape[1] < 1:
        raise ValueError(f"Expected {name} of shape (n, d) with d >= 1, received: shape={array.shape}")
    if len(array) < minimum:
        raise ValueError(f"Expected at least {minimum} rows of {name}, received: shape={array.shape}")
    finite = np.isfinite(array)
    if not finite.all():
        bad = np.flatnonzero(~finite.all(axis=1))
        raise ValueError(
            f"Expected finite {name}, received: NaN or infinity in {len(bad)} rows, the first is row {bad[0]}"
        )
    return array


def as_features(features, name="features", minimum=1):
    """`check_features` in float64; an array that is float64 already is not copied."""
    return check_features(features, name, minimum).astype(np.float64, copy=False)


def as_feature_pair(real, generated, minimum=1):
    """Two feature arrays of the same width."""
    real = as_features(real, "real features", minimum)
    generated = as_features(generated, "generated features", minimum)
    if real.shape[1] != generated.shape[1]:
        raise ValueError(
            f"Expected features of the same width, received: real {real.shape}, generated {generated.shape}"
        )
    return real, generated


def centred(real, generated):
    """Both sets moved so that the real mean is the origin: keeps distances, which the cancelling |x|^2 - 2xy + |y|^2
    would lose digits of when features lie far from the origin."""
    mean = real.mean(axis=0)
    return real - mean, generated - mean


def as_images(images, name="images"):
    """`images` as an array `(n, height, width, channels)` of uint8.

    Raises:
        TypeError: for another dtype: metrics see generated images exactly as they are delivered, 0..255.
        ValueError: for another rank or an empty array.
    """
    array = np.asarray(images)
    if array.dtype != np.uint8:
        raise TypeError(f"Expected {name} of dtype uint8 (keras_gans.images.to_uint8), received: dtype={array.dtype}")
    if array.ndim != 4 or 0 in array.shape:
        raise ValueError(f"Expected {name} of shape (n, height, width, channels), received: shape={array.shape}")
    return array


def check_positive_integer(**arguments):
    """Raises a ValueError for the first argument that is not an integer of at least 1."""
    for name, value in arguments.items():
        if not (isinstance(value, (int, np.integer)) and not isinstance(value, bool) and value >= 1):
            raise ValueError(f"Expected an integer of at least 1, received: {name}={value!r}")
