"""Directions in latent space that an attribute of the images grows along."""

import numpy as np

from keras_gans.latent_space import drawing

STRENGTHS = (-4.0, -3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0, 4.0)


def attribute_direction(latents, having, lacking=None):
    """v / |v| with v = mean of z that have the attribute - mean of z that lack it.

    Args:
        latents: `(n, dim)`.
        having: bool `(n,)`: whose images have the attribute.
        lacking: bool `(n,)`: whose do not; by default all others. Between two classes, it is one of the class to leave.

    Returns:
        float32 `(dim,)` of length 1.

    Raises:
        ValueError: where no image has the attribute, or none lacks it.

    Reference: Larsen et al., 2016, arXiv:1512.09300, section 4.2.
    """
    latents, having = np.asarray(latents, "float64"), np.asarray(having, bool)
    lacking = ~having if lacking is None else np.asarray(lacking, bool)
    if not (having.any() and lacking.any()):
        raise ValueError(
            "Expected images with the attribute and images without it, received: "
            f"{having.sum()} with and {lacking.sum()} without"
        )
    gap = latents[having].mean(axis=0) - latents[lacking].mean(axis=0)
    length = np.linalg.norm(gap)
    if length == 0.0:
        raise ValueError("Expected latents that differ with the attribute, received: equal means")
    return (gap / length).astype("float32")


def predicted_classes(images, extractor):
    """Classes `(n,)` of uint8 images, as a classifier among the extractors sees them."""
    from keras_gans.metrics import extractors

    extractor = extractors.get(extractor)
    logits = extractor(images).logits
    if logits is None:
        raise ValueError(f"Expected an extractor that is a classifier, received: {extractor.identity}")
    return logits.argmax(axis=1)


def move_along(model, direction, seeds, strengths=STRENGTHS, labels=None):
    """Samples moved along a direction: z + strength * direction.

    Args:
        model: see `keras_gans.latent_space`.
        direction: `(latent_dim,)`. Along one of length 1, latents of N(0, I) have the standard deviation 1.
        seeds: of the samples.
        strengths: a column for each; 0 is the sample itself.
        labels: one class, or one for each seed, for a conditional generator.

    Returns:
        `Sheet` of `(len(seeds), len(strengths))` images.
    """
    latents, direction = drawing.latents_of(model, seeds), np.asarray(direction, "float32")
    if direction.shape != latents.shape[1:]:
        raise ValueError(f"Expected a direction of shape {latents.shape[1:]}, received: shape {direction.shape}")
    steps = np.asarray(strengths, "float32")[:, None] * direction
    return drawing.draw(model, latents[:, None] + steps, drawing.labels_of(model, list(seeds), labels))
