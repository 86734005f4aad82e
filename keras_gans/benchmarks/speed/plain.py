"""The plain loop: a `tf.function` of one step, written by hand as in TensorFlow's tutorials."""

import keras
import tensorflow as tf

from keras_gans.benchmarks.speed.stopwatch import Stopwatch


class Contestant:
    """The loop that a user would write by hand.

    Args:
        case: a `Case`.
    """

    def __init__(self, case):
        self.generator, self.discriminator = case.players()
        recipe = case.recipe()
        step = {"ns_gan": _non_saturating, "wgan_gp": _wasserstein}[case.game]
        self.step = step(self.generator, self.discriminator, recipe)
        self.iterator = iter(case.dataset(case.images_per_step))

    def train(self, steps):
        """What `steps` train steps take."""
        stopwatch = Stopwatch()
        for _ in range(steps):
            losses = self.step(next(self.iterator))
        [float(loss) for loss in losses]
        return stopwatch.read()


def _non_saturating(generator, discriminator, recipe):
    generator_optimizer, discriminator_optimizer = recipe["generator_optimizer"], recipe["discriminator_optimizer"]
    latent_dim = generator.input_shape[-1]
    entropy = keras.losses.BinaryCrossentropy(from_logits=True)

    @tf.function
    def step(real):
        fake = generator(tf.random.normal((real.shape[0], latent_dim)), training=True)
        with tf.GradientTape() as tape:
            real_scores, fake_scores = discriminator(real, training=True), discriminator(fake, training=True)
            discriminator_loss = entropy(tf.ones_like(real_scores), real_scores)
            discriminator_loss += entropy(tf.zeros_like(fake_scores), fake_scores)
        gradients = tape.gradient(discriminator_loss, discriminator.trainable_variables)
        discriminator_optimizer.apply_gradients(zip(gradients, discriminator.trainable_variables))
        with tf.GradientTape() as tape:
            fake = generator(tf.random.normal((real.shape[0], latent_dim)), training=True)
            fake_scores = discriminator(fake, training=True)
            generator_loss = entropy(tf.ones_like(fake_scores), fake_scores)
        gradients = tape.gradient(generator_loss, generator.trainable_variables)
        generator_optimizer.apply_gradients(zip(gradients, generator.trainable_variables))
        return discriminator_loss, generator_loss

    return step


def _wasserstein(generator, discriminator, recipe):
    generator_optimizer, discriminator_optimizer = recipe["generator_optimizer"], recipe["discriminator_optimizer"]
    latent_dim = generator.input_shape[-1]

    @tf.function
    def step(data):
        for real in tf.split(data, recipe["discriminator_steps"]):
            size = real.shape[0]
            fake = generator(tf.random.normal((size, latent_dim)), training=True)
            mix = tf.random.uniform((size, 1, 1, 1))
            between = mix * real + (1.0 - mix) * fake
            with tf.GradientTape() as tape:
                with tf.GradientTape() as inner:
                    inner.watch(between)
                    scores = discriminator(between, training=True)
                slopes = tf.sqrt(tf.reduce_sum(tf.square(inner.gradient(scores, between)), axis=(1, 2, 3)) + 1e-12)
                critic_loss = tf.reduce_mean(discriminator(fake, training=True))
                critic_loss -= tf.reduce_mean(discriminator(real, training=True))
                critic_loss += 10.0 * tf.reduce_mean(tf.square(slopes - 1.0))
            gradients = tape.gradient(critic_loss, discriminator.trainable_variables)
            discriminator_optimizer.apply_gradients(zip(gradients, discriminator.trainable_variables))
        with tf.GradientTape() as tape:
            fake = generator(tf.random.normal((size, latent_dim)), training=True)
            generator_loss = -tf.reduce_mean(discriminator(fake, training=True))
        gradients = tape.gradient(generator_loss, generator.trainable_variables)
        generator_optimizer.apply_gradients(zip(gradients, generator.trainable_variables))
        return critic_loss, generator_loss

    return step
