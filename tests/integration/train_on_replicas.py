"""A process of its own for `test_replicas`: devices can be split only before TensorFlow starts.

One strategy serves all games: TensorFlow keeps the shapes of collectives for the life of the process.
"""

from keras_gans import distribution

TWO = distribution.strategy("mirrored:2")

import keras  # noqa: E402
import numpy as np  # noqa: E402
import pytest  # noqa: E402
import replicated  # noqa: E402
import tensorflow as tf  # noqa: E402

from keras_gans import penalties, registry, tricks  # noqa: E402
from keras_gans.models import NSGAN  # noqa: E402
from keras_gans.testing import tiny  # noqa: E402

ONE = tf.distribute.get_strategy()
CASES = [(name, {}) for name in registry.names("game")] + [
    ("dcgan", {}),
    ("wgan_gp", {"penalties": lambda: [penalties.InterpolatedGradient(every=2)]}),
    ("ns_gan", {"objective": lambda: "relativistic"}),
    ("ns_gan", {"tricks": lambda: [tricks.FeatureMatching()]}),
]


def train(name, options, strategy):
    """The weights after three steps on two replicas or on one device."""
    replicas = strategy.num_replicas_in_sync
    options = {key: value() if callable(value) else value for key, value in options.items()}
    with strategy.scope():
        game = replicated.make(name, ema_momentum=0.9, **replicated.players(), **options)
    start = replicated.weights(game)
    parts = game.discriminator_steps
    rows = [replicated.in_order_of_replicas(part, parts, replicas) for part in replicated.rows(game)]
    data = tf.data.Dataset.from_tensor_slices(tuple(rows) if len(rows) == 2 else rows[0])
    with replicated.same_random_numbers():
        game.fit(data.batch(replicated.BATCH * parts, drop_remainder=True), verbose=0)
    assert int(game.generator_optimizer.iterations.numpy()) == replicated.STEPS
    assert any(np.abs(a - b).max() > 1e-3 for a, b in zip(start, replicated.weights(game)))
    if replicas > 1:
        assert_equal_on_both(game.variables)
    return replicated.weights(game)


def assert_equal_on_both(variables):
    for variable in variables:
        first, second = (part.numpy() for part in variable.value.values)
        np.testing.assert_array_equal(first, second, err_msg=variable.path)


class Watched(NSGAN):
    """Keeps what its random numbers were in the last step."""

    def watch(self, layer):
        self.layer = layer
        shape = (8, *layer.output.shape[1:])
        self.drawn = keras.Variable(np.zeros(shape, "float32"), trainable=False, aggregation="none")
        self.latents_drawn = keras.Variable(np.zeros((8, tiny.LATENT_DIM), "float32"), aggregation="none")

    def train_step(self, data):
        self.drawn.assign(self.layer(keras.ops.ones(self.drawn.shape), training=True))
        self.latents_drawn.assign(self.sample_inputs(8))
        return super().train_step(data)


def replicas_draw_their_own_numbers():
    with TWO.scope():
        game = tiny.game(Watched, dropout=0.5)
        dropout = next(layer for layer in game.discriminator.layers if isinstance(layer, keras.layers.Dropout))
        game.watch(dropout)
    game.fit(tf.data.Dataset.from_tensor_slices(tiny.images(32)).batch(16), verbose=0)
    for drawn in (game.drawn, game.latents_drawn):
        first, second = (part.numpy().reshape(8, -1) for part in drawn.value.values)
        assert np.isfinite(first).all() and not (first[:, None] == second[None]).all(axis=-1).any(), drawn.path
    # The states stay equal, so that a checkpoint holds all there is; and nothing of it is left on the layers.
    assert_equal_on_both([dropout.seed_generator.state, game.seed_generator.state])
    layers = [*game.generator.layers, *game.discriminator.layers]
    assert not any(layer.get_config().get("synchronized") for layer in layers)
    assert "next" not in vars(dropout.seed_generator)


def what_replicas_cannot_do_is_refused():
    with TWO.scope():
        game = tiny.game(NSGAN)
        with pytest.raises(ValueError, match="Expected jit_compile=False or 'auto' on 2 replicas"):
            game.compile(jit_compile=True)
    with pytest.raises(ValueError, match="Expected batches that 2 replicas share equally, received: 15 images"):
        game.fit(tf.data.Dataset.from_tensor_slices(tiny.images(30)).batch(15), verbose=0)


if __name__ == "__main__":
    for name, options in CASES:
        replicated.assert_equal(train(name, options, ONE), train(name, options, TWO), f"{name} {list(options)}")
        print(name)
    replicas_draw_their_own_numbers()
    what_replicas_cannot_do_is_refused()
    print("all")
