"""What is trained in a comparison: the same networks, the same batch and the same algorithm for every contestant."""

import dataclasses

import keras
import numpy as np

from keras_gans import registry


@dataclasses.dataclass(frozen=True)
class Case:
    """A game on one family's networks.

    Args:
        name: in words.
        game: registered name.
        batch_size: images of one player's update.
        network: registered name of the networks.
        image_size: side of the images.
        width: multiplies the channels of the networks.
        discriminator: further options of the discriminator.
        discriminator_steps: updates of D for each of G; None is the paper's.
    """

    name: str
    game: str
    batch_size: int
    network: str = "dcgan_lecture"
    image_size: int = 28
    width: float = 1.0
    discriminator: dict = dataclasses.field(default_factory=dict)
    discriminator_steps: int | None = None

    @property
    def image_shape(self):
        return (self.image_size, self.image_size, 1)

    def players(self):
        """A new generator and discriminator, of equal weights each time."""
        family = registry.lookup("network", self.network)
        options = {"image_shape": self.image_shape, "width": self.width}
        keras.utils.set_random_seed(0)
        return family.generator(**options), family.discriminator(**options, **self.discriminator)

    def recipe(self):
        """The paper's objective, penalties, optimizers and steps, as arguments of `compile`."""
        recipe = {"discriminator_steps": 1, **registry.lookup("game", self.game).recipe()}
        return {**recipe, "discriminator_steps": self.discriminator_steps or recipe["discriminator_steps"]}

    @property
    def images_per_step(self):
        """Real images that D judges in a train step."""
        return self.recipe()["discriminator_steps"] * self.batch_size

    def images(self, batches, batch_size):
        """Noise to train on, float32 in [-1, 1]: what is on the images does not change the speed."""
        shape = (batches * batch_size, *self.image_shape)
        return np.random.default_rng(0).uniform(-1, 1, shape).astype("float32")

    def dataset(self, batch_size):
        """An endless `tf.data.Dataset` of batches that are ready in memory."""
        import tensorflow as tf

        images = tf.data.Dataset.from_tensor_slices(self.images(4, batch_size))
        return images.batch(batch_size, drop_remainder=True).cache().repeat().prefetch(2)


@dataclasses.dataclass(frozen=True)
class PointsCase(Case):
    """A game on points in the plane, with the networks of `keras-gans bench ring`."""

    image_shape = (2,)

    def players(self):
        from keras_gans.benchmarks.points import RingBenchmark

        protocol = RingBenchmark(width=self.width)
        keras.utils.set_random_seed(0)
        return protocol.generator(), protocol.discriminator(self.image_shape)


class ToyCase(PointsCase):
    """A game on points in the plane, with two hidden layers of 32 units in each player."""

    def players(self):
        family = registry.lookup("network", "mlp")
        options = {"image_shape": self.image_shape, "hidden": (32, 32)}
        keras.utils.set_random_seed(0)
        return family.generator(latent_dim=2, **options), family.discriminator(maxout=None, **options)


LECTURE = Case("dcgan_lecture, non-saturating, batch 128", "ns_gan", 128)
WASSERSTEIN = Case("dcgan_lecture, WGAN-GP, batch 64, 5 critic steps", "wgan_gp", 64)
SMALL_IMAGES = Case("dcgan 28x28, width 0.25, batch 64", "ns_gan", 64, network="dcgan", width=0.25)
RING = PointsCase("ring, batch 100", "ns_gan", 100)
SMALL_RING = PointsCase("ring, width 0.25, batch 100", "ns_gan", 100, width=0.25)
TOY = ToyCase("ring, 2 x 32 units, batch 100", "ns_gan", 100)
