"""Our train step beside a plain hand-written `tf.function` loop of the same networks, losses and algorithm.

Contestants take turns in one process: a block of steps of one, a block of the other, and so on, so that what else the
machine does meets both alike. Each figure is the median of its blocks; a ratio is the median of the ratios of
neighbouring blocks.
"""

import os
import platform
import statistics
import time

import keras
import numpy as np

IMAGE_SHAPE, LATENT_DIM = (28, 28, 1), 100


def run(blocks=7, steps=4):
    """Measures all pairs; returns a JSON-ready report with images/s and ratios."""
    pairs = {
        "dcgan_lecture, batch 128": _pair("ns_gan", batch_size=128),
        "WGAN-GP on dcgan_lecture, batch 64, 5 critic steps": _pair("wgan_gp", batch_size=64),
    }
    return {
        "machine": {"cpus": os.cpu_count(), "processor": platform.processor() or platform.machine()},
        "keras": keras.__version__,
        "blocks": blocks,
        "steps": steps,
        "pairs": {name: _measure(*pair, blocks=blocks, steps=steps) for name, pair in pairs.items()},
    }


def table(report):
    """The report as text."""
    lines = [f"{'':52s} {'ours':>10s} {'plain':>10s} {'ratio':>7s}   images/s, medians of {report['blocks']} blocks"]
    for name, row in report["pairs"].items():
        lines.append(f"{name:52s} {row['ours']:10.1f} {row['plain']:10.1f} {row['ratio']:7.3f}")
    return "\n".join(lines)


def _pair(game, batch_size):
    """Two functions that train a number of steps and return images/s: ours and the plain loop."""
    from keras_gans import registry
    from keras_gans.networks.dcgan_lecture import DCGANLectureDiscriminator, DCGANLectureGenerator

    cls = registry.lookup("game", game)
    keras.utils.set_random_seed(0)
    model = cls(DCGANLectureGenerator(), DCGANLectureDiscriminator())
    model.compile()
    keras.utils.set_random_seed(0)
    plain_step = _PLAIN[game](DCGANLectureGenerator(), DCGANLectureDiscriminator(), cls.recipe())
    images = model.discriminator_steps * batch_size
    dataset = _dataset(images)
    return _Ours(model, dataset, images), _Plain(plain_step, dataset, images)


def _dataset(batch_size):
    import tensorflow as tf

    images = np.random.default_rng(0).uniform(-1, 1, (4 * batch_size, *IMAGE_SHAPE)).astype("float32")
    return (
        tf.data.Dataset.from_tensor_slices(images).batch(batch_size, drop_remainder=True).cache().repeat().prefetch(2)
    )


def _measure(ours, plain, blocks, steps):
    ours(2), plain(2)  # trace and warm up
    rows = [(ours(steps), plain(steps)) for _ in range(blocks)]
    return {
        "ours": statistics.median(row[0] for row in rows),
        "plain": statistics.median(row[1] for row in rows),
        "ratio": statistics.median(row[0] / row[1] for row in rows),
    }


class _Ours:
    """`fit`, from the beginning of its first step to the end of its last."""

    def __init__(self, model, dataset, images):
        self.model, self.dataset, self.images = model, dataset, images

    def __call__(self, steps):
        clock = _Clock()
        self.model.fit(self.dataset, steps_per_epoch=steps, epochs=1, verbose=0, callbacks=[clock])
        return self.images * steps / clock.seconds


class _Clock(keras.callbacks.Callback):
    def on_train_batch_begin(self, batch, logs=None):
        if batch == 0:
            self._start = time.perf_counter()

    def on_train_batch_end(self, batch, logs=None):
        self.seconds = time.perf_counter() - self._start


class _Plain:
    """The loop that a user would write by hand."""

    def __init__(self, step, dataset, images):
        self.step, self.iterator, self.images = step, iter(dataset), images

    def __call__(self, steps):
        start = time.perf_counter()
        for _ in range(steps):
            losses = self.step(next(self.iterator))
        [float(loss) for loss in losses]
        return self.images * steps / (time.perf_counter() - start)


def _plain_non_saturating(generator, discriminator, recipe):
    import tensorflow as tf

    generator_optimizer, discriminator_optimizer = recipe["generator_optimizer"], recipe["discriminator_optimizer"]
    entropy = keras.losses.BinaryCrossentropy(from_logits=True)

    @tf.function
    def step(real):
        latents = tf.random.normal((real.shape[0], LATENT_DIM))
        fake = generator(latents, training=True)
        with tf.GradientTape() as tape:
            real_scores, fake_scores = discriminator(real, training=True), discriminator(fake, training=True)
            discriminator_loss = entropy(tf.ones_like(real_scores), real_scores)
            discriminator_loss += entropy(tf.zeros_like(fake_scores), fake_scores)
        gradients = tape.gradient(discriminator_loss, discriminator.trainable_variables)
        discriminator_optimizer.apply_gradients(zip(gradients, discriminator.trainable_variables))
        latents = tf.random.normal((real.shape[0], LATENT_DIM))
        with tf.GradientTape() as tape:
            fake_scores = discriminator(generator(latents, training=True), training=True)
            generator_loss = entropy(tf.ones_like(fake_scores), fake_scores)
        gradients = tape.gradient(generator_loss, generator.trainable_variables)
        generator_optimizer.apply_gradients(zip(gradients, generator.trainable_variables))
        return discriminator_loss, generator_loss

    return step


def _plain_wgan_gp(generator, discriminator, recipe):
    import tensorflow as tf

    generator_optimizer, discriminator_optimizer = recipe["generator_optimizer"], recipe["discriminator_optimizer"]

    @tf.function
    def step(data):
        for real in tf.split(data, recipe["discriminator_steps"]):
            size = real.shape[0]
            fake = generator(tf.random.normal((size, LATENT_DIM)), training=True)
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
            fake = generator(tf.random.normal((size, LATENT_DIM)), training=True)
            generator_loss = -tf.reduce_mean(discriminator(fake, training=True))
        gradients = tape.gradient(generator_loss, generator.trainable_variables)
        generator_optimizer.apply_gradients(zip(gradients, generator.trainable_variables))
        return critic_loss, generator_loss

    return step


_PLAIN = {"ns_gan": _plain_non_saturating, "wgan_gp": _plain_wgan_gp}
