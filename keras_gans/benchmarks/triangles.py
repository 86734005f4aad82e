"""Convex triangles: images whose manifold is known, so that precision and recall need no estimate of it."""

import dataclasses

import keras

from keras_gans import data, images
from keras_gans.benchmarks.images import Images
from keras_gans.benchmarks.protocol import epochs
from keras_gans.metrics.latent_inversion import LatentInversion
from keras_gans.metrics.triangles import f1_triangles
from keras_gans.networks.infogan import InfoGANDiscriminator, InfoGANGenerator


@dataclasses.dataclass(frozen=True)
class TrianglesBenchmark(Images):
    """InfoGAN's networks on 60,000 triangles, 20 epochs of batches of 64, uniform latents of 64 dimensions.

    The paper searches over learning rates, betas and D's normalization, 100 trials for each game; this is one setting,
    Adam 2e-4 with beta_1 0.5. Its results are figures, so there are no rows to print beside ours. Recall comes from
    gradient descent on the latents, `inversion_steps` steps from each of 4 starts.

    Args:
        inversion_steps: of the search for each test image's latents.
        width: multiplies the channels and units of both networks.

    Reference: Lucic et al., 2018, arXiv:1711.10337, section 6.
    """

    steps: int = 18_740
    batch_size: int = 64
    snapshots: int = 5
    samples: int = 1024
    inversion_steps: int = 500
    width: float = 1.0

    name = "triangles"
    reference = "Lucic et al., 2018, arXiv:1711.10337"
    latents = "uniform"
    image_shape = (28, 28, 1)
    contestants = ("gan", "ns_gan", "lsgan", "wgan", "wgan_gp", "dragan")
    figures = {"precision": "higher", "recall": "higher", "f1": "higher"}

    def generator(self):
        return InfoGANGenerator((28, 28, 1), latent_dim=64, width=self.width)

    def discriminator(self, image_shape, normalization="batch"):
        return InfoGANDiscriminator(image_shape, width=self.width, normalization=normalization)

    def optimizers(self):
        return {
            f"{player}_optimizer": keras.optimizers.Adam(2e-4, beta_1=0.5) for player in ("generator", "discriminator")
        }

    def draws(self, size, seed):
        """Epochs of all triangles, each in another order."""
        return epochs(data.arrays("triangles")[0], size, seed)

    def examples(self, drawn):
        return images.to_float(drawn)

    def evaluate(self, game):
        invert = LatentInversion(
            game.averaged_generator(), game.latents, bounds=(-1.0, 1.0), steps=self.inversion_steps
        )
        test = data.arrays("triangles", "test")[0][: self.samples]
        return dataclasses.asdict(f1_triangles(game.sample(self.samples), test, invert))

    def real(self, count):
        return data.arrays("triangles", "test")[0][:count]
