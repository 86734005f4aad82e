"""Ways from one latent to another."""

import numpy as np

from keras_gans.registry import unknown

_PARALLEL = 1e-6  # sin of an angle below which two directions are one


def linear(start, end, steps):
    """z_t = (1 - t) a + t b, for t = 0, ..., 1.

    In many dimensions the middle of a straight way is shorter than its ends, where N(0, I) has next to no mass.

    Args:
        start, end: latents a and b `(dim,)`.
        steps: latents on the way, the ends among them, >= 2.

    Returns:
        float32 `(steps, dim)`; the first row is `start` and the last is `end`, to the bit.
    """
    start, end, t = _prepare(start, end, steps)
    return _mix(1.0 - t, start, t, end)


def spherical(start, end, steps):
    """The shortest way on the sphere; latents of equal norm keep it all the way.

        z_t = r_t (sin((1 - t) w) / sin(w) a / |a| + sin(t w) / sin(w) b / |b|),   r_t = (1 - t) |a| + t |b|

    where w is the angle between a and b. From or to zero, and between equal directions, the way is straight.

    Args and returns as `linear`.

    Raises:
        ValueError: between opposite directions, which no way is the shortest of.

    Reference: White, 2016, arXiv:1609.04468; Shoemake, 1985.
    """
    start, end, t = _prepare(start, end, steps)
    lengths = np.linalg.norm(start), np.linalg.norm(end)
    if not all(lengths):
        return _mix(1.0 - t, start, t, end)
    cosine = np.clip(start @ end / (lengths[0] * lengths[1]), -1.0, 1.0)
    angle = np.arccos(cosine)
    if np.sin(angle) < _PARALLEL:
        if cosine < 0:
            raise ValueError("Expected latents that are not opposite for the spherical way, received: z and -c z")
        return _mix(1.0 - t, start, t, end)
    radius = (1.0 - t) * lengths[0] + t * lengths[1]
    first, second = (np.sin(part * angle) / np.sin(angle) for part in (1.0 - t, t))
    return _mix(first * radius / lengths[0], start, second * radius / lengths[1], end)


PATHS = {"linear": linear, "spherical": spherical}


def get(name):
    """The path of a name, or a function of one's own."""
    if callable(name):
        return name
    if name not in PATHS:
        raise ValueError(unknown("path", name, PATHS))
    return PATHS[name]


def _prepare(start, end, steps):
    start, end = (np.asarray(latent, "float64") for latent in (start, end))
    if start.ndim != 1 or start.shape != end.shape:
        raise ValueError(f"Expected two latents of shape (dim,), received: shapes {start.shape} and {end.shape}")
    if steps < 2:
        raise ValueError(f"Expected at least 2 steps, the ends, received: steps={steps!r}")
    return start, end, np.linspace(0.0, 1.0, steps)


def _mix(first, start, second, end):
    return (first[:, None] * start + second[:, None] * end).astype("float32")
