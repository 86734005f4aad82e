"""Games whose steps on several replicas have to be those of one device: same batches, same latents, same noise."""

import contextlib
from unittest import mock

import keras
import numpy as np
import tensorflow as tf

from keras_gans import registry
from keras_gans.networks.dcgan import DCGANDiscriminator, DCGANGenerator
from keras_gans.testing import tiny

BATCH, STEPS = 16, 3
_ROWS = 128


def players():
    """Plain gradient steps: Adam's would hide a gradient that is too large."""
    return {f"{player}_optimizer": keras.optimizers.SGD(0.05) for player in ("generator", "discriminator")}


def dcgan(**compile_arguments):
    """The non-saturating game of a small DCGAN, with batch normalization in both players."""
    keras.utils.set_random_seed(0)
    shape, width = (16, 16, 1), 1 / 16
    game = registry.lookup("game", "ns_gan")(DCGANGenerator(shape, 8, width), DCGANDiscriminator(shape, width))
    game.compile(**compile_arguments)
    return game


def make(name, **compile_arguments):
    """The game of a registered name, of tiny networks, or the `dcgan`."""
    if name == "dcgan":
        return dcgan(**compile_arguments)
    return tiny.game(registry.lookup("game", name), **compile_arguments)


def rows(game):
    """Real images, and labels where the game uses them, for all steps; some unlabelled where it allows that."""
    count = STEPS * BATCH * game.discriminator_steps
    images = tiny.images(count, game.image_shape)
    if game.num_classes is None:
        return (images,)
    labels = tiny.labels(count, game.num_classes)
    labels[: count // 3 : 2] = game.lowest_label
    return images, labels


def in_order_of_replicas(rows, parts, replicas=2):
    """Rows so ordered that the replicas' shares of a batch together are, part by part, the batch of one device.

    One device takes the parts of a batch, one for each step of D, one after the other; a replica takes them from its
    own share.
    """
    cut = rows.reshape(-1, parts, replicas, BATCH // replicas, *rows.shape[1:])
    return cut.swapaxes(1, 2).reshape(rows.shape)


def weights(game):
    return [*game.get_weights(), *game.averaged_generator().get_weights()]


def assert_equal(one, several, name):
    for mine, its in zip(one, several, strict=True):
        np.testing.assert_allclose(mine, its, rtol=1e-4, atol=1e-6, err_msg=name)


@contextlib.contextmanager
def same_random_numbers():
    """Within, all replicas draw together what one device draws: `normal` and `uniform` depend on the shape alone."""
    normal, uniform = _shared("normal"), _shared("uniform")
    with mock.patch.object(keras.random, "normal", normal), mock.patch.object(keras.random, "uniform", uniform):
        yield


def _shared(kind):
    """Rows of one table, of which each replica takes its share: the first that many, the next that many, ..."""

    def numbers(shape, seed=None, **options):
        table = getattr(np.random.default_rng(0), kind)(size=(_ROWS, *(int(size) for size in shape[1:])))
        replica = tf.distribute.get_replica_context()
        first = (0 if replica is None else replica.replica_id_in_sync_group) * shape[0]
        return tf.gather(tf.constant(table.astype("float32")), first + tf.range(shape[0]))

    return numbers
