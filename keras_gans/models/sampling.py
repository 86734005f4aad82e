"""What a trained game gives: images from latents and from seeds."""

from keras import ops

from keras_gans import images


class Sampling:
    """The half of `AdversarialModel` that needs no training."""

    @property
    def latent_dim(self):
        return self.generator.input_shape[-1]

    @property
    def image_shape(self):
        return tuple(self.generator.output_shape[1:])

    def call(self, latents, training=False):
        return self.generator(latents, training=training)

    def averaged_generator(self):
        """A generator with the averaged weights, if `compile(ema_momentum=...)` keeps them, else G itself.

        Moving statistics of normalization layers are the live ones.
        """
        if not (self.compiled and self.generator_optimizer.use_ema):
            return self.generator
        averaged = self.generator.__class__.from_config(self.generator.get_config())
        averaged.set_weights(self.generator.get_weights())
        averages = self.generator_optimizer._model_variables_moving_average
        for variable, average in zip(averaged.trainable_variables, averages):
            variable.assign(average)
        return averaged

    def generate(self, latents, batch_size=128):
        """Images of the averaged generator at inference, float32 array in [-1, 1], from latents `(n, latent_dim)`."""
        generator = self.averaged_generator()
        batches = [latents[start : start + batch_size] for start in range(0, len(latents), batch_size)]
        outputs = [ops.convert_to_numpy(generator(batch, training=False)) for batch in batches]
        return ops.convert_to_numpy(ops.concatenate(outputs)) if len(outputs) > 1 else outputs[0]

    def sample(self, n=None, seed=0, seeds=None):
        """Images from seeds: row k depends on its own seed only, on every backend.

        Args:
            n: number of images, from the seeds `seed, seed + 1, ..., seed + n - 1`.
            seed: first seed, an integer >= 0.
            seeds: the rows' seeds themselves, instead of `n` and `seed`.

        Returns:
            uint8 array `(n, height, width, channels)`; for flat data float32 `(n, features)`.
        """
        if (n is None) == (seeds is None):
            raise ValueError(f"Expected either n or seeds, received: n={n!r}, seeds={seeds!r}")
        seeds = list(range(seed, seed + n)) if seeds is None else list(seeds)
        if not seeds or min(seeds) < 0:
            raise ValueError(f"Expected at least one seed, each an integer of at least 0, received: {seeds!r}")
        latents = ops.convert_to_numpy(self.latents.from_seeds(seeds, self.latent_dim))
        outputs = self.generate(latents)
        return ops.convert_to_numpy(images.to_uint8(outputs)) if len(self.image_shape) == 3 else outputs
