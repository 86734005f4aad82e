"""Which modes of a known mixture the samples cover."""

import dataclasses

import numpy as np

from keras_gans.metrics.arrays import as_features


@dataclasses.dataclass(frozen=True)
class ModeCoverage:
    """How samples spread over the modes of a mixture.

    Args:
        modes: number of modes with at least one high-quality sample. Higher is better.
        high_quality: share of high-quality samples. Higher is better, up to what the mixture itself gives: in two
            dimensions 1 - exp(-4.5) = 0.98889 lie within 3 standard deviations; more means modes that have shrunk.
        reverse_kl: KL(histogram of the high-quality samples over the modes || uniform), in nats. Lower is better; None
            where no sample is of high quality. N samples of a perfect model with K modes give about (K - 1) / (2 N).
    """

    modes: int
    high_quality: float
    reverse_kl: float | None


def mode_coverage(samples, means, std, radius=3.0):
    """Captured modes, share of high-quality samples and reverse KL of a Gaussian mixture, as in VEEGAN and PacGAN.

    A sample belongs to the mode that is nearest in standard deviations, and is of high quality within `radius` of
    them. The papers take 2,500 samples.

    Args:
        samples: `(n, d)`.
        means: centres of the modes `(k, d)`.
        std: standard deviation of the (isotropic) modes, > 0, a number or `(k,)`.
        radius: in standard deviations, > 0; the papers' 3.

    Returns:
        `ModeCoverage`.

    Reference: Srivastava et al., 2017, arXiv:1705.07761; Lin et al., 2018, arXiv:1712.04086.
    """
    samples, means = as_features(samples, "samples"), as_features(means, "means")
    if samples.shape[1] != means.shape[1]:
        raise ValueError(f"Expected samples and means of one width, received: {samples.shape} and {means.shape}")
    scales = np.asarray(std, np.float64)
    if scales.shape not in ((), (len(means),)) or not (np.isfinite(scales) & (scales > 0)).all():
        raise ValueError(
            f"Expected one standard deviation above 0, or one for each of {len(means)} modes, received: {std=}"
        )
    if not radius > 0:
        raise ValueError(f"Expected a radius above 0, received: {radius=}")
    scales = np.broadcast_to(scales, len(means))
    distances = np.stack(
        [np.linalg.norm(samples - mean, axis=1) / scale for mean, scale in zip(means, scales, strict=True)], axis=1
    )
    nearest = distances.argmin(axis=1)
    counts = np.bincount(nearest[distances.min(axis=1) <= radius], minlength=len(means))
    return ModeCoverage(
        modes=int((counts > 0).sum()),
        high_quality=float(counts.sum() / len(samples)),
        reverse_kl=_kl_from_uniform(counts),
    )


def _kl_from_uniform(counts):
    if not counts.sum():
        return None
    shares = counts[counts > 0] / counts.sum()
    return float(np.sum(shares * np.log(shares * len(counts))))
