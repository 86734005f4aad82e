"""The style of keras.io's examples: a `keras.Model` whose `train_step` holds two tapes, on one batch of real images."""

import keras
import tensorflow as tf

from keras_gans.benchmarks.speed.fit import timed_fit


class Contestant:
    """A model of that style, trained by `fit`.

    All of D's steps see the same real images. A train step is counted as if each had seen its own, as the others' do.

    Args:
        case: a `Case`.
    """

    def __init__(self, case):
        style = {"ns_gan": TwoTapes, "wgan_gp": TwoTapesWithPenalty}[case.game]
        self.model = style(*case.players(), case.recipe())
        self.model.compile()
        self.generator, self.discriminator = self.model.generator, self.model.discriminator
        self.dataset = case.dataset(case.batch_size)

    def train(self, steps):
        """What `steps` train steps take."""
        return timed_fit(self.model, self.dataset, steps)


class TwoTapes(keras.Model):
    """The non-saturating game: real and generated images are judged in one batch."""

    def __init__(self, generator, discriminator, recipe):
        super().__init__()
        self.generator, self.discriminator = generator, discriminator
        self.generator_optimizer = recipe["generator_optimizer"]
        self.discriminator_optimizer = recipe["discriminator_optimizer"]
        self.discriminator_steps = recipe["discriminator_steps"]
        self.entropy = keras.losses.BinaryCrossentropy(from_logits=True)

    def compile(self):
        super().compile(optimizer=None, loss=None)

    def latents(self, size):
        return tf.random.normal((size, self.generator.input_shape[-1]))

    def train_step(self, real):
        size = real.shape[0]
        for _ in range(self.discriminator_steps):
            with tf.GradientTape() as tape:
                discriminator_loss = self.discriminator_loss(real, size)
            self.apply(self.discriminator, self.discriminator_optimizer, tape, discriminator_loss)
        with tf.GradientTape() as tape:
            generator_loss = self.generator_loss(size)
        self.apply(self.generator, self.generator_optimizer, tape, generator_loss)
        return {"discriminator_loss": discriminator_loss, "generator_loss": generator_loss}

    def apply(self, network, optimizer, tape, loss):
        gradients = tape.gradient(loss, network.trainable_variables)
        optimizer.apply_gradients(zip(gradients, network.trainable_variables))

    def discriminator_loss(self, real, size):
        images = tf.concat([real, self.generator(self.latents(size), training=True)], axis=0)
        labels = tf.concat([tf.ones((size, 1)), tf.zeros((size, 1))], axis=0)
        return 2.0 * self.entropy(labels, self.discriminator(images, training=True))

    def generator_loss(self, size):
        scores = self.discriminator(self.generator(self.latents(size), training=True), training=True)
        return self.entropy(tf.ones((size, 1)), scores)


class TwoTapesWithPenalty(TwoTapes):
    """WGAN-GP: the critic's steps reuse the real images."""

    def discriminator_loss(self, real, size):
        fake = self.generator(self.latents(size), training=True)
        fake_scores, real_scores = self.discriminator(fake, training=True), self.discriminator(real, training=True)
        cost = tf.reduce_mean(fake_scores) - tf.reduce_mean(real_scores)
        return cost + 10.0 * self.penalty(real, fake, size)

    def penalty(self, real, fake, size):
        mix = tf.random.uniform((size, 1, 1, 1))
        between = mix * real + (1.0 - mix) * fake
        with tf.GradientTape() as tape:
            tape.watch(between)
            scores = self.discriminator(between, training=True)
        gradient = tape.gradient(scores, between)
        return tf.reduce_mean((tf.sqrt(tf.reduce_sum(tf.square(gradient), axis=(1, 2, 3)) + 1e-12) - 1.0) ** 2)

    def generator_loss(self, size):
        return -tf.reduce_mean(self.discriminator(self.generator(self.latents(size), training=True), training=True))
