"""GANs with an auxiliary classifier."""

import keras

from keras_gans.models.labelled import LabelledModel
from keras_gans.objectives.non_saturating import NonSaturating
from keras_gans.registry import register


@register("acgan")
class ACGAN(LabelledModel):
    """G is told the class; D is not, and has to tell it, of real and of generated images.

        D minimises  -log D(x) - log(1 - D(G(z, y))) - w_r log C(y | x) - w_f log C(y | G(z, y))
        G minimises  -log D(G(z, y)) - w_g log C(y | G(z, y))

    D = sigmoid(score) and C = softmax(class_logits) are two heads of one network. The paper weighs all terms equally;
    others train C on real images only (w_f = 0) and G with w_g = 0.1 (Gulrajani et al., 2017).

        w_r, w_f, w_g -> real_class_weight, fake_class_weight, generator_class_weight

    Reference: Odena et al., 2016, arXiv:1610.09585 (Adam 2e-4, beta_1 0.5).
    """

    takes_labels = ("generator",)
    discriminator_outputs = ("scores", "class_logits")
    extra_losses = ("class_loss", "generator_class_loss")

    @staticmethod
    def recipe():
        return {
            "objective": NonSaturating(),
            "generator_optimizer": keras.optimizers.Adam(2e-4, beta_1=0.5),
            "discriminator_optimizer": keras.optimizers.Adam(2e-4, beta_1=0.5),
            "real_class_weight": 1.0,
            "fake_class_weight": 1.0,
            "generator_class_weight": 1.0,
        }

    def discriminator_losses(self, real, fake, labels, latents):
        class_loss = self.real_class_weight * _class_loss(labels, real)
        class_loss += self.fake_class_weight * _class_loss(labels, fake)
        return {**super().discriminator_losses(real, fake, labels, latents), "class_loss": class_loss}

    def generator_losses(self, fake, real, labels, latents):
        class_loss = self.generator_class_weight * _class_loss(labels, fake)
        return {**super().generator_losses(fake, real, labels, latents), "generator_class_loss": class_loss}


def _class_loss(labels, judged):
    """-log C(y | x) per example."""
    return keras.losses.sparse_categorical_crossentropy(labels, judged["class_logits"], from_logits=True)
