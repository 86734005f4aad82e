"""Stacked MNIST: three random digits in the three channels of an image make 1000 modes."""

import dataclasses

import keras
import numpy as np
from keras import layers

from keras_gans import images
from keras_gans.benchmarks.images import Images
from keras_gans.benchmarks.protocol import epochs
from keras_gans.data import arrays
from keras_gans.metrics.extractors import get as extractor
from keras_gans.networks.layers.batch_normalization import BatchNormalization
from keras_gans.networks.layers.conv2d_transpose import Conv2DTranspose
from keras_gans.networks.layers.leaky_relu import LeakyReLU
from keras_gans.networks.network import normalized, scaled

MODES = 1000


def coverage(labels):
    """Modes that labels `(n, 3)` of the channels, 0 to 9, hit, and KL(their histogram || uniform over 1000) in nats."""
    counts = np.bincount(np.asarray(labels) @ [100, 10, 1], minlength=MODES)
    shares = counts[counts > 0] / counts.sum()
    return {"modes": int((counts > 0).sum()), "kl": float(np.sum(shares * np.log(shares * MODES)))}


@dataclasses.dataclass(frozen=True)
class StackedMNIST(Images):
    """Samples are told apart by our classifier of MNIST digits, channel by channel, on pixels of 0..255.

    `modes` counts the triples of digits that occur, of 1000; `kl` is that of their histogram from the uniform one. A
    perfect model has 1000 modes and a kl of (1000 - 1) / (2 samples), 0.019 for 26,000; real triples of MNIST have
    0.024, since its digits are not quite equally frequent.
    """

    image_shape = (28, 28, 3)
    figures = {"modes": "higher", "kl": "lower"}
    splits = ("train",)
    """The parts of MNIST that digits are drawn from."""
    triples = None
    """How many fixed triples the training set has; None draws new ones for every batch."""
    classifier = "mnist_classifier"

    def evaluate(self, game):
        judge = extractor(self.classifier)
        labels = []
        for start in range(0, self.samples, 500):
            stacks = game.sample(min(500, self.samples - start), seed=start)
            channels = np.moveaxis(stacks, -1, 1).reshape(-1, 28, 28, 1)
            labels.append(judge.activations(channels).logits.argmax(axis=-1).reshape(-1, 3))
        return coverage(np.concatenate(labels))

    def draws(self, size, seed):
        """Digits uint8 `(1, size, 3, 28, 28)`, a triple of them for each example."""
        digits = np.concatenate([arrays("mnist", split)[0][..., 0] for split in self.splits])
        random = np.random.default_rng(seed)
        if self.triples is None:
            while True:
                yield digits[random.integers(len(digits), size=(1, size, 3))]
        for epoch in epochs(random.integers(len(digits), size=(self.triples, 3)), size, seed):
            for rows in epoch:
                yield digits[rows][None]

    def examples(self, drawn):
        """The digits of a triple are an image's channels."""
        return images.to_float(keras.ops.moveaxis(drawn, -3, -1))

    def real(self, count):
        rows = np.random.default_rng(0).integers(60_000, size=(count, 3))
        return np.moveaxis(arrays("mnist")[0][..., 0][rows], 1, -1)


@dataclasses.dataclass(frozen=True)
class VEEGANStackedMNIST(StackedMNIST):
    """VEEGAN's and PacGAN's protocol: DCGAN, 128,000 fixed triples of all 70,000 digits, two steps of G a step of D.

    G: 512-256-128-64-3 on maps of 2, 4, 7, 14, 28. D: 64-128-256-512. Kernels 5x5, Adam 2e-4, beta_1 0.5, 50 epochs.
    The released script trains on pixels in [0, 1] with a G that ends in tanh; ours are in [-1, 1].

    Reference: Srivastava et al., 2017, arXiv:1705.07761; Lin et al., 2018, arXiv:1712.04086.
    """

    steps: int = 100_000
    batch_size: int = 64
    snapshots: int = 8
    samples: int = 26_000
    width: float = 1.0

    name = "stacked-mnist (VEEGAN)"
    reference = "Srivastava et al., 2017, arXiv:1705.07761"
    latents = "uniform"
    splits = ("train", "test")
    triples = 128_000
    contestants = ("ns_gan", "pac_gan[packing=2]")
    published = {
        "DCGAN (VEEGAN's table 2)": {"modes": (99, None), "kl": (3.40, None)},
        "ALI (VEEGAN's table 2)": {"modes": (16, None), "kl": (5.40, None)},
        "Unrolled (VEEGAN's table 2)": {"modes": (48.7, None), "kl": (4.32, None)},
        "VEEGAN (its table 2)": {"modes": (150, None), "kl": (2.95, None)},
        "DCGAN (PacGAN's table 2)": {"modes": (78.9, 6.5), "kl": (4.50, 0.13)},
        "PacDCGAN2": {"modes": (1000, 0.0), "kl": (0.06, None)},
    }

    def generator(self):
        latents = keras.Input((100,))
        x = layers.Dense(2 * 2 * scaled(512, self.width), kernel_initializer=_kernel())(latents)
        x = _activated(layers.Reshape((2, 2, -1))(x))
        for channels, size in ((256, 4), (128, 7), (64, 14)):
            x = _activated(_up(scaled(channels, self.width), 5, size, x))
        options = {"padding": "same", "activation": "tanh", "dtype": "float32", "kernel_initializer": _kernel()}
        return keras.Model(latents, Conv2DTranspose(3, 5, strides=2, **options)(x), name="generator")

    def discriminator(self, image_shape, normalization="batch"):
        channels = [scaled(size, self.width) for size in (64, 128, 256, 512)]
        return _discriminator(image_shape, channels, 5, 0.2, normalization, first_normalized=False)

    def optimizers(self):
        return {
            "generator_optimizer": keras.optimizers.Adam(2e-4, beta_1=0.5),
            "discriminator_optimizer": keras.optimizers.Adam(2e-4, beta_1=0.5),
            "generator_steps": 2,
        }


@dataclasses.dataclass(frozen=True)
class UnrolledStackedMNIST(StackedMNIST):
    """Unrolled GAN's protocol: a D much smaller than G, triples drawn anew for every batch.

    G: 64-32-16-8-3 on maps of 4, 7, 14, 28, 28, kernels 3x3, batch normalization, ReLU. D: 2-4-8 channels ("1/4 of G")
    or 4-8-16 ("1/2 of G"), stride 2, batch normalization, LeakyReLU 0.3. Adam, D 2e-4, G 1e-4, beta 0.5 and
    0.99. The published figures are after 500,000 steps.

    Args:
        share: of G's channels that D has, 0.25 or 0.5.

    Reference: Metz et al., 2017, arXiv:1611.02163; PacGAN's rows: Lin et al., 2018, arXiv:1712.04086.
    """

    steps: int = 20_000
    batch_size: int = 128
    snapshots: int = 8
    samples: int = 25_600
    share: float = 0.25

    first_normalized = True
    """Whether batch normalization follows D's first convolution too."""
    name = "stacked-mnist (Unrolled)"
    reference = "Metz et al., 2017, arXiv:1611.02163"
    contestants = (
        "ns_gan",
        "unrolled_gan[unrolled_steps=1]",
        "unrolled_gan[unrolled_steps=5]",
        "unrolled_gan[unrolled_steps=10]",
        "pac_gan[packing=2]",
    )
    published = {
        "1/4, DCGAN": {"modes": (30.6, 20.7), "kl": (5.99, None)},
        "1/4, Unrolled 1": {"modes": (65.4, None), "kl": (5.91, None)},
        "1/4, Unrolled 5": {"modes": (236.4, 63.3), "kl": (4.67, None)},
        "1/4, Unrolled 10": {"modes": (327.2, 74.7), "kl": (4.66, None)},
        "1/4, PacDCGAN2": {"modes": (484.5, None), "kl": (2.61, None)},
        "1/2, DCGAN": {"modes": (628, 141), "kl": (2.58, None)},
        "1/2, Unrolled 10": {"modes": (817.4, None), "kl": (1.43, None)},
        "1/2, PacDCGAN2": {"modes": (840.7, None), "kl": (1.00, None)},
    }

    def generator(self):
        latents = keras.Input((256,))
        x = layers.Dense(4 * 4 * 64, kernel_initializer=_kernel())(latents)
        x = _activated(layers.Reshape((4, 4, 64))(x))
        for channels, size in ((32, 7), (16, 14), (8, 28)):
            x = _activated(_up(channels, 3, size, x))
        options = {"padding": "same", "activation": "tanh", "dtype": "float32", "kernel_initializer": _kernel()}
        return keras.Model(latents, layers.Conv2D(3, 3, **options)(x), name="generator")

    def discriminator(self, image_shape, normalization="batch"):
        channels = [scaled(size, self.share) for size in (8, 16, 32)]
        return _discriminator(image_shape, channels, 3, 0.3, normalization, self.first_normalized)

    def optimizers(self):
        return {
            "generator_optimizer": keras.optimizers.Adam(1e-4, beta_1=0.5, beta_2=0.99),
            "discriminator_optimizer": keras.optimizers.Adam(2e-4, beta_1=0.5, beta_2=0.99),
        }


@dataclasses.dataclass(frozen=True)
class UnrolledDCGANStackedMNIST(UnrolledStackedMNIST):
    """Unrolled GAN's protocol, but for DCGAN's rule that D's first convolution has no batch normalization.

    The published D normalizes real and generated images apart from the first layer on and so sees neither brightness
    nor contrast: G may draw grey digits for many thousands of steps, which the classifier takes for one and the same.
    This D sees them, so that after 20,000 of the published 500,000 steps there are modes to count.

    Reference: as `UnrolledStackedMNIST`; Radford et al., 2016, arXiv:1511.06434, for the rule.
    """

    first_normalized = False
    name = "stacked-mnist (Unrolled, D by DCGAN's rule)"


def _kernel():
    return keras.initializers.RandomNormal(0.0, 0.02)


def _normalization():
    return BatchNormalization(momentum=0.9, epsilon=1e-5)


def _activated(x):
    return layers.ReLU()(_normalization()(x))


def _up(channels, kernel, size, x):
    """A transposed convolution to maps of `size`: the double, or one less."""
    x = Conv2DTranspose(channels, kernel, strides=2, padding="same", kernel_initializer=_kernel())(x)
    surplus = x.shape[1] - size
    return layers.Cropping2D(((0, surplus), (0, surplus)))(x) if surplus else x


def _discriminator(image_shape, channels, kernel, slope, normalization, first_normalized):
    images = keras.Input(image_shape)
    x = images
    for index, size in enumerate(channels):
        convolution = layers.Conv2D(size, kernel, strides=2, padding="same", kernel_initializer=_kernel())
        x = normalized(convolution, normalization)(x)
        if normalization == "batch" and (index or first_normalized):
            x = _normalization()(x)
        x = LeakyReLU(slope)(x)
    score = layers.Dense(1, kernel_initializer=_kernel(), dtype="float32")
    return keras.Model(images, normalized(score, normalization)(layers.Flatten()(x)), name="discriminator")
