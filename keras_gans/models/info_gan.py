"""InfoGAN: codes that can be read off the images."""

import keras
from keras import ops

from keras_gans.latents import Coded
from keras_gans.models.adversarial import AdversarialModel
from keras_gans.objectives.non_saturating import NonSaturating
from keras_gans.registry import register


@register("info_gan")
class InfoGAN(AdversarialModel):
    """A part of the latents, the code c, must be recognisable in the image: a bound on their mutual information.

        D minimises  -log D(x) - log(1 - D(G(z, c))) + L_I
        G minimises  -log D(G(z, c)) + L_I
        L_I = -w log Q(c | G(z, c)) = w [ -log Q(k | .) + w_c / 2 ||m(.) - u||^2 ]    up to a constant

    The code has a category k, uniform over `categories`, and `continuous` numbers u, uniform in [-1, 1); Q is a second
    head of D, which puts out the category's logits and the means m of a Gaussian of unit variance. Without labels, the
    category comes to mean the digit, the numbers its slant and width. The latents are `Coded`: the first coordinates
    of every row are the code, so `generate` can ask for one.

        w, w_c -> code_weight, continuous_weight

    Args:
        generator: as in `AdversarialModel`; `latent_dim` includes the code.
        discriminator: returns `{"scores": (batch, 1), "code": (batch, categories + continuous)}`, as the family
            `infogan` does with these options.
        categories: number of categories, an integer >= 0.
        continuous: number of continuous codes, an integer >= 0.
        seed: as in `AdversarialModel`.

    Reference: Chen et al., 2016, arXiv:1606.03657 (Adam, D 2e-4, G 1e-3, beta_1 0.5; continuous codes weigh 0.1).
    """

    discriminator_outputs = ("scores", "code")
    extra_losses = ("code_loss", "generator_code_loss")
    small = {"categories": 2, "continuous": 1}

    def __init__(self, generator, discriminator, categories=10, continuous=2, seed=0, **kwargs):
        super().__init__(generator, discriminator, latents=Coded(categories, continuous), seed=seed, **kwargs)
        self.categories = categories
        self.continuous = continuous

    @staticmethod
    def recipe():
        return {
            "objective": NonSaturating(),
            "generator_optimizer": keras.optimizers.Adam(1e-3, beta_1=0.5),
            "discriminator_optimizer": keras.optimizers.Adam(2e-4, beta_1=0.5),
            "code_weight": 1.0,
            "continuous_weight": 0.1,
        }

    def discriminator_losses(self, real, fake, labels, latents):
        losses = super().discriminator_losses(real, fake, labels, latents)
        return {**losses, "code_loss": self.code_loss(fake, latents)}

    def generator_losses(self, fake, real, labels, latents):
        losses = super().generator_losses(fake, real, labels, latents)
        return {**losses, "generator_code_loss": self.code_loss(fake, latents)}

    def code_loss(self, judged, latents):
        """L_I per example."""
        category, numbers = (
            latents[:, : self.categories],
            latents[:, self.categories : self.categories + self.continuous],
        )
        logits, means = judged["code"][:, : self.categories], judged["code"][:, self.categories :]
        likelihood = keras.losses.categorical_crossentropy(category, logits, from_logits=True)
        distance = ops.sum(ops.square(means - numbers), axis=-1) / 2.0
        return self.code_weight * (likelihood + self.continuous_weight * distance)

    def get_config(self):
        config = {**super().get_config(), "categories": self.categories, "continuous": self.continuous}
        del config["latents"]
        return config
