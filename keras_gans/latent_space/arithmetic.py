"""Sums and differences of latents."""

import numpy as np

from keras_gans.latent_space import drawing


def average(latents):
    """The mean `(dim,)` of latents `(n, dim)`, float32; of equal ones that latent itself."""
    return np.mean(np.asarray(latents, "float64"), axis=0).astype("float32")


def arithmetic(model, first, minus, plus, label=None):
    """z = mean(z_first) - mean(z_minus) + mean(z_plus): man with glasses - man + woman = woman with glasses.

    The paper found single exemplars unstable and averages of three stable. For latents of N(0, I) there is a second
    reason for three: of n exemplars, z has the norm sqrt(3 dim / n), which is a sample's for n = 3.

    Args:
        model: see `keras_gans.latent_space`.
        first, minus, plus: seeds of the exemplars, as many in each; three in the paper.
        label: one class for all images, for a conditional generator; by default that of the first exemplar.

    Returns:
        `Sheet` with the columns first, minus, plus and first - minus + plus: a row for each exemplar by itself, and
        the last row for the averages, whose last image is the result.

    Reference: Radford et al., 2015, arXiv:1511.06434, figure 7.
    """
    groups = [drawing.checked_seeds(seeds) for seeds in (first, minus, plus)]
    if len({len(seeds) for seeds in groups}) > 1:
        raise ValueError(
            f"Expected as many exemplars of each, received: first={groups[0]}, minus={groups[1]}, plus={groups[2]}"
        )
    exemplars = [drawing.latents_of(model, seeds) for seeds in groups]
    terms = np.stack([np.vstack([latents, average(latents)]) for latents in exemplars], axis=1)
    result = terms[:, 0] - terms[:, 1] + terms[:, 2]
    latents = np.concatenate([terms, result[:, None]], axis=1)
    labels = drawing.labels_of(model, groups[0][:1], label)
    return drawing.draw(model, latents, None if labels is None else np.repeat(labels, len(latents)))
