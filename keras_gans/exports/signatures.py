"""What an export answers: signatures with named inputs and outputs, one row per image, each row independent of others.

There is no hidden random state, so an equal request gets an equal answer, and a server may merge requests.
"""

import math

import numpy as np
import tensorflow as tf
from keras import ops

from keras_gans.exports.signature import Input, Signature
from keras_gans.images import to_uint8
from keras_gans.latents import Latents, Truncated

_PNG_CHANNELS = (1, 3, 4)


class GameSignatures:
    """The signatures of a game: `sample`, `generate`, `sample_png` of images, `score` where D judges single images.

    The generator is the averaged one. `label` is an input where the generator takes classes; `truncation` where the
    latents are `truncated`, which lets each row choose a threshold up to the model's own.

    Args:
        model: an `AdversarialModel` on the TensorFlow backend.
    """

    def __init__(self, model):
        self.model = model
        self.generator = model.averaged_generator()
        self.makes_pictures = len(model.image_shape) == 3

    def listed(self):
        """The `Signature`s, `serving_default` first."""
        seeds = self._sample_inputs()
        sample = "Images from seeds, as `sample` of the Python model draws them."
        offered = [
            Signature("serving_default", seeds, self.sample, "The same as `sample`."),
            Signature("sample", seeds, self.sample, sample),
            Signature("generate", self._generate_inputs(), self.generate, "Images from latents, float."),
        ]
        if self.makes_pictures and self.model.image_shape[-1] in _PNG_CHANNELS:
            meaning = "The images of `sample` as PNG files, a fraction of the traffic."
            offered.append(Signature("sample_png", seeds, self.sample_png, meaning))
        if self._judges_single_images():
            meaning = "The discriminator's unbounded scores; high means real."
            offered.append(Signature("score", self._score_inputs(), self.score, meaning))
        return offered

    def networks(self):
        """The networks whose weights the signatures use."""
        return [self.generator, *([self.model.discriminator] if self._judges_single_images() else [])]

    # ---- What the signatures compute.

    def sample(self, seed, label=None, truncation=None):
        images = self.images(self.latents(seed, truncation), label)
        return {"images": to_uint8(images) if self.makes_pictures else images}

    def sample_png(self, seed, label=None, truncation=None):
        return {"image_bytes": tf.io.encode_png(self.sample(seed, label, truncation)["images"])}

    def generate(self, latents, label=None):
        return {"images": self.images(latents, label)}

    def score(self, images, label=None):
        judged = self.model.discriminator(self.model.told("discriminator", images, label), training=False)
        scores = self.model.named(judged)["scores"]
        # A discriminator of patches gives a map of scores: its mean judges the image.
        return {"scores": tf.reduce_mean(tf.reshape(scores, [tf.shape(images)[0], -1]), axis=1)}

    def latents(self, seed, truncation=None):
        """The latents of seeds, float32 `(n, latent_dim)`."""
        prior = self.model.latents if truncation is None else _TruncatedByRow(truncation[:, None])
        return prior.from_seeds(seed, self.model.latent_dim)

    def images(self, latents, label=None):
        """The generator's images at inference, float32 whatever the precision of its arithmetic."""
        return ops.cast(self.generator(self.model.told("generator", latents, label), training=False), "float32")

    # ---- What they are told.

    def _sample_inputs(self):
        seed = Input("seed", "int64", (), "one seed per image", np.arange, "of at least 0", lambda seed: seed >= 0)
        return (seed, *self._label("generator"), *self._truncation())

    def _generate_inputs(self):
        def examples(n):
            return ops.convert_to_numpy(self.latents(np.arange(n)))

        meaning = f"drawn from the {self.model.latents.registered_name} prior"
        latents = Input("latents", "float32", (self.model.latent_dim,), meaning, examples)
        return (latents, *self._label("generator"))

    def _score_inputs(self):
        def examples(n):
            return np.zeros((n, *self.model.image_shape), "float32")

        meaning = "values in [-1, 1]" if self.makes_pictures else "points"
        return (Input("images", "float32", self.model.image_shape, meaning, examples), *self._label("discriminator"))

    def _label(self, player):
        if player not in self.model.takes_labels:
            return ()
        classes = self.model.num_classes

        def examples(n):
            return np.arange(n, dtype="int32") % classes

        def allows(label):
            return (label >= 0) & (label < classes)

        return (Input("label", "int32", (), "one class per image", examples, f"in 0..{classes - 1}", allows),)

    def _truncation(self):
        if not isinstance(self.model.latents, Truncated):
            return ()
        most = self.model.latents.threshold

        def examples(n):
            return np.full(n, most, "float32")

        def allows(truncation):
            return (truncation > 0.0) & (truncation <= most)

        meaning = f"the largest latent of each image; {most} in training"
        return (Input("truncation", "float32", (), meaning, examples, f"above 0 and at most {most}", allows),)

    def _judges_single_images(self):
        # Layers that compare the rows of a batch would make a score depend on what else is asked at that moment.
        discriminator = self.model.discriminator
        layers = discriminator._flatten_layers(include_self=False)
        alone = not any(getattr(type(layer), "batch_coupled", False) is True for layer in layers)
        return alone and tuple(discriminator.inputs[0].shape[1:]) == self.model.image_shape


class _TruncatedByRow(Latents):
    """`Truncated` latents whose threshold is a tensor `(n, 1)`."""

    def __init__(self, threshold):
        self.threshold = threshold

    def transform(self, uniform, normal):
        mass = ops.erf(self.threshold / math.sqrt(2.0))
        return math.sqrt(2.0) * ops.erfinv((2.0 * uniform - 1.0) * mass)
