"""Semi-supervised learning with a GAN: a classifier of K real classes and one of generated images."""

import keras
from keras import ops

from keras_gans import backend
from keras_gans.models.labelled import LabelledModel
from keras_gans.objectives.non_saturating import NonSaturating
from keras_gans.registry import register


@register("semi_supervised_gan")
class SemiSupervisedGAN(LabelledModel):
    """D is a classifier with K + 1 classes, of which the last one means "generated"; few images need a label.

        p(real | x) = Z / (Z + exp(l_(K+1))),  Z = sum over k <= K of exp(l_k)
        D minimises  -log p(real | x) - log(1 - p(real | G(z))) - w log p(y | x, real)     the last for labelled x
        G minimises  -log p(real | G(z))

    The logits l_1 ... l_K are D's "class_logits", l_(K+1) is minus its "scores", so that the score of an image is
    log Z - l_(K+1). An image whose label is -1 has no label. The paper trains G by feature matching, which is the
    trick `feature_matching`; `classify` gives the classes of images.

        w -> class_weight

    Reference: Salimans et al., 2016, arXiv:1606.03498, section 5 (Adam 3e-4, beta_1 0.5).
    """

    discriminator_outputs = ("scores", "class_logits")
    extra_losses = ("class_loss",)
    lowest_label = -1

    @staticmethod
    def recipe():
        return {
            "objective": NonSaturating(),
            "generator_optimizer": keras.optimizers.Adam(3e-4, beta_1=0.5),
            "discriminator_optimizer": keras.optimizers.Adam(3e-4, beta_1=0.5),
            "class_weight": 1.0,
        }

    def named(self, outputs):
        outputs = super().named(outputs)
        log_z = ops.logsumexp(outputs["class_logits"], axis=-1, keepdims=True)
        return {**outputs, "scores": log_z + outputs["scores"]}

    def discriminator_losses(self, real, fake, labels, latents):
        known = ops.cast(labels >= 0, "float32")
        likelihood = keras.losses.sparse_categorical_crossentropy(
            ops.maximum(labels, 0), real["class_logits"], from_logits=True
        )
        # The mean is over the labelled images of the batch, of all replicas, however few they are.
        images = backend.replicas() * ops.cast(ops.shape(known)[0], "float32")
        share = ops.maximum(backend.mean_of_replicas(ops.mean(known)), 1.0 / images)
        losses = super().discriminator_losses(real, fake, labels, latents)
        return {**losses, "class_loss": self.class_weight * known * likelihood / share}

    def classify(self, images, batch_size=128):
        """The most probable class of each image in [-1, 1], `(n,)` integers."""
        logits = self.discriminator.predict(images, batch_size=batch_size, verbose=0)["class_logits"]
        return logits.argmax(axis=-1)
