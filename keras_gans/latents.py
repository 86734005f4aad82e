"""The prior p(z): part of the model; a seed gives the same latents on every backend and in a SavedModel."""

import math

import keras
import numpy as np
from keras import ops

from keras_gans.registry import Component, register

_WORD = 0xFFFFFFFF
_ROTATIONS = ((13, 15, 26, 6), (17, 29, 16, 24))


class Latents(Component):
    """The distribution of the latents z of shape `(n, dim)`, float32.

    A subclass implements `transform`, which maps standard normal or uniform numbers to its distribution.
    """

    noun = "latents"

    def sample(self, n, dim, seed=None):
        """`(n, dim)` latents from a `keras.random.SeedGenerator` (training) or an integer."""
        return self.transform(keras.random.uniform((n, dim), seed=seed), keras.random.normal((n, dim), seed=seed))

    def from_seeds(self, seeds, dim):
        """`(len(seeds), dim)` latents whose row k depends on `seeds[k]` alone.

        The rows are counter-based random numbers (Threefry-2x32 with 20 rounds, Salmon et al., 2011), in `keras.ops`:
        equal seeds give equal latents on every backend, in every batch and inside an exported SavedModel.

        Args:
            seeds: `(n,)` integers in [0, 2^63) (in [0, 2^31) on JAX, whose default integers have 32 bits).
            dim: number of latent dimensions.
        """
        first, second = uniform_pair(seeds, dim)
        # Box and Muller: u in (0, 1] keeps the logarithm finite.
        radius = ops.sqrt(-2.0 * ops.log(1.0 - first))
        return self.transform(first, radius * ops.cos(2.0 * math.pi * second))

    def transform(self, uniform, normal):
        """Latents from `uniform` in [0, 1) and from `normal` ~ N(0, 1), both `(n, dim)`."""
        raise NotImplementedError


@register("normal")
class Normal(Latents):
    """z ~ N(0, I)."""

    def transform(self, uniform, normal):
        return normal


@register("uniform")
class Uniform(Latents):
    """z ~ U[-1, 1)^dim, as in Goodfellow et al. (2014) and Radford et al. (2015)."""

    def transform(self, uniform, normal):
        return 2.0 * uniform - 1.0


@register("truncated")
class Truncated(Latents):
    """z ~ N(0, I) with each coordinate conditioned on |z_i| <= threshold (the truncation trick of Brock et al., 2018).

    By inversion: z = sqrt(2) erfinv((2 u - 1) erf(threshold / sqrt(2))).

    Args:
        threshold: largest absolute value, > 0, in standard deviations.
    """

    def __init__(self, threshold=2.0):
        if not threshold > 0:
            raise ValueError(f"Expected a threshold above 0 standard deviations, received: threshold={threshold!r}")
        self.threshold = threshold

    def transform(self, uniform, normal):
        mass = math.erf(self.threshold / math.sqrt(2.0))
        return math.sqrt(2.0) * ops.erfinv((2.0 * uniform - 1.0) * mass)


@register("spherical")
class Spherical(Latents):
    """z uniform on the sphere of radius sqrt(dim), where almost all of N(0, I) lies (Karras et al., 2017)."""

    def transform(self, uniform, normal):
        mean_square = ops.mean(ops.square(normal), axis=-1, keepdims=True)
        return normal / ops.sqrt(mean_square + 1e-8)


@register("coded")
class Coded(Latents):
    """z = (k, u, n): a one-hot category, numbers in [-1, 1) and noise from N(0, 1), as in InfoGAN (Chen et al., 2016).

    Args:
        categories: number of categories, an integer >= 0; each has the same probability.
        continuous: number of uniform numbers, an integer >= 0.
    """

    def __init__(self, categories=10, continuous=2):
        for name, value in (("categories", categories), ("continuous", continuous)):
            if not (isinstance(value, int) and value >= 0):
                raise ValueError(f"Expected an integer of at least 0, received: {name}={value!r}")
        self.categories = categories
        self.continuous = continuous

    def transform(self, uniform, normal):
        dim, code = uniform.shape[-1], self.categories + self.continuous
        if dim < max(code, 1):
            raise ValueError(f"Expected at least {code} latent dimensions for the code, received: latent_dim={dim}")
        parts = [2.0 * uniform[:, self.categories : code] - 1.0, normal[:, code:]]
        if self.categories:
            category = ops.floor(uniform[:, 0] * self.categories)
            parts.insert(0, ops.one_hot(ops.cast(category, "int32"), self.categories, dtype=normal.dtype))
        return ops.concatenate(parts, axis=-1)


def uniform_pair(seeds, dim):
    """Two `(n, dim)` arrays of independent uniform numbers in [0, 1) with 24 bits, from the rows' seeds."""
    # JAX has no 64-bit integers by default and PyTorch no arithmetic on unsigned ones.
    word = "uint32" if keras.backend.backend() == "jax" else "int64"
    if word == "uint32":
        seeds = np.asarray(seeds, dtype="uint32") if not ops.is_tensor(seeds) else seeds
    seeds = ops.expand_dims(ops.cast(ops.convert_to_tensor(seeds), word), -1)
    low = seeds & _constant(_WORD, word)
    high = ops.zeros_like(seeds) if word == "uint32" else ops.right_shift(seeds, 32) & _constant(_WORD, word)
    counter = ops.expand_dims(ops.arange(dim, dtype=word), 0) + ops.zeros_like(seeds)
    first, second = threefry2x32((low, high), (counter, ops.zeros_like(counter)), word)
    # The upper 24 bits are exact in float32 whatever the backend's rounding.
    return tuple(ops.cast(ops.right_shift(bits, 8), "float32") * 2.0**-24 for bits in (first, second))


def threefry2x32(key, counter, word="int64"):
    """The Threefry-2x32 block function with 20 rounds: two words of 32 random bits per counter.

    Args:
        key: pair of integer tensors, the key's words in [0, 2^32).
        counter: pair of integer tensors of the same (broadcast) shape, the counter's words in [0, 2^32).
        word: dtype that holds the words, "int64" (masked) or "uint32" (wraps by itself).

    Reference: Salmon et al., 2011, Parallel random numbers: as easy as 1, 2, 3.
    """
    mask = _constant(_WORD, word)
    keys = (key[0], key[1], key[0] ^ key[1] ^ _constant(0x1BD11BDA, word))
    x, y = (counter[0] + keys[0]) & mask, (counter[1] + keys[1]) & mask
    for group in range(5):
        for rotation in _ROTATIONS[group % 2]:
            x = (x + y) & mask
            y = (ops.left_shift(y, rotation) | ops.right_shift(y, 32 - rotation)) & mask ^ x
        x = (x + keys[(group + 1) % 3]) & mask
        y = (y + keys[(group + 2) % 3] + _constant(group + 1, word)) & mask
    return x, y


def _constant(value, word):
    return ops.convert_to_tensor(np.asarray(value, dtype=word))
