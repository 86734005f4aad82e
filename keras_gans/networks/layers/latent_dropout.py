"""Dropout that goes on after training, without making equal requests unequal."""

import math

import keras
import numpy as np
from keras import ops

from keras_gans.latents import uniform_pair


@keras.saving.register_keras_serializable("keras_gans")
class LatentDropout(keras.layers.Layer):
    """Drops units at train and at test time; at test time the latents decide which.

        y = m x / (1 - rate),  m ~ Bernoulli(1 - rate) for each unit

    In training m is drawn anew in each call. At inference it is counter-based random numbers (Threefry) whose key is a
    hash of the row's latents, rounded to 1/16: fresh latents have fresh masks, and the same latents the same ones, on
    every backend, in every batch and in an exported SavedModel.

    Args:
        rate: share of the units that is dropped, in (0, 1).
        salt: an integer >= 0, another one for each layer of a network.

    Inputs are units `(batch, ...)` and latents `(batch, latent_dim)`.

    Reference: Isola et al., 2016, arXiv:1611.07004, section 3.3.
    """

    def __init__(self, rate=0.5, salt=0, **kwargs):
        super().__init__(**kwargs)
        if not 0.0 < rate < 1.0:
            raise ValueError(f"Expected a number in (0, 1), received: rate={rate!r}")
        self.rate = rate
        self.salt = salt
        self.seed_generator = keras.random.SeedGenerator(salt)

    def call(self, inputs, training=False):
        units, latents = inputs
        if training:
            return keras.random.dropout(units, self.rate, seed=self.seed_generator)
        draws, _ = uniform_pair(self._seeds(latents), math.prod(units.shape[1:]))
        kept = ops.reshape(draws, ops.shape(units)) >= self.rate
        return ops.where(kept, units / (1.0 - self.rate), ops.zeros_like(units))

    def _seeds(self, latents):
        """A hash `(batch,)` in [0, 2^31), the same with 32-bit integers, which wrap around, as with longer ones."""
        cells = ops.cast(ops.round(16.0 * ops.cast(latents, "float32")), "int32") & 0xFFFF
        factors = np.random.default_rng(self.salt).integers(1, 2**15, latents.shape[-1]).astype("int32")
        return ops.sum(cells * ops.convert_to_tensor(factors), axis=-1) & 0x7FFFFFFF

    def compute_output_shape(self, input_shape):
        return input_shape[0]

    def get_config(self):
        return {**super().get_config(), "rate": self.rate, "salt": self.salt}
