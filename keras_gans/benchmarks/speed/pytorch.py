"""PyTorch: the networks of `dcgan_lecture` and an eager loop, written as its users write them.

Loaded only for a contestant of this kind, which there is where PyTorch is installed.
"""

import torch
from torch import nn
from torch.nn import functional

from keras_gans.benchmarks.speed.stopwatch import Stopwatch
from keras_gans.networks.dcgan_lecture import SLOPE


class Contestant:
    """An eager loop on as many threads as PyTorch takes by itself: one for each core that it may use.

    Args:
        case: a `Case` on `dcgan_lecture`.
        channels_last: keep images and kernels in the layout that its convolutions prefer on CPUs.
    """

    def __init__(self, case, channels_last=False):
        if case.network != "dcgan_lecture":
            raise ValueError(f"Expected a case on dcgan_lecture, received: network={case.network!r}")
        torch.manual_seed(0)
        layout = torch.channels_last if channels_last else torch.contiguous_format
        self.generator = generator(case.image_size, case.width).to(memory_format=layout)
        self.discriminator = discriminator(case.image_size, case.width).to(memory_format=layout)
        self.recipe, self.batch_size = case.recipe(), case.batch_size
        self.optimizers = [
            _adam(network, self.recipe[f"{player}_optimizer"])
            for player, network in (("generator", self.generator), ("discriminator", self.discriminator))
        ]
        self.update = {"ns_gan": self.non_saturating_step, "wgan_gp": self.wasserstein_step}[case.game]
        images = torch.from_numpy(case.images(4, case.images_per_step)).permute(0, 3, 1, 2)
        self.batches = images.contiguous(memory_format=layout).split(case.images_per_step)

    def train(self, steps):
        """What `steps` train steps take."""
        stopwatch = Stopwatch()
        for step in range(steps):
            losses = self.update(self.batches[step % len(self.batches)])
        [loss.item() for loss in losses]
        return stopwatch.read()

    def fake(self):
        return self.generator(torch.randn(self.batch_size, LATENT_DIM))

    @torch.no_grad()
    def shown_fake(self):
        return self.fake()

    def minimise(self, player, loss):
        optimizer = self.optimizers[player]
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return loss.detach()

    def non_saturating_step(self, real):
        real_scores, fake_scores = self.discriminator(real), self.discriminator(self.shown_fake())
        loss = functional.binary_cross_entropy_with_logits(real_scores, torch.ones_like(real_scores))
        loss = loss + functional.binary_cross_entropy_with_logits(fake_scores, torch.zeros_like(fake_scores))
        discriminator_loss = self.minimise(DISCRIMINATOR, loss)
        fake_scores = self.opponent(self.fake())
        loss = functional.binary_cross_entropy_with_logits(fake_scores, torch.ones_like(fake_scores))
        return discriminator_loss, self.minimise(GENERATOR, loss)

    def wasserstein_step(self, data):
        for real in data.split(self.batch_size):
            fake = self.shown_fake()
            mix = torch.rand(self.batch_size, 1, 1, 1)
            between = (mix * real + (1.0 - mix) * fake).requires_grad_(True)
            (gradient,) = torch.autograd.grad(self.discriminator(between).sum(), between, create_graph=True)
            slopes = (gradient.square().sum(dim=(1, 2, 3)) + 1e-12).sqrt()
            loss = self.discriminator(fake).mean() - self.discriminator(real).mean()
            critic_loss = self.minimise(DISCRIMINATOR, loss + 10.0 * (slopes - 1.0).square().mean())
        return critic_loss, self.minimise(GENERATOR, -self.opponent(self.fake()).mean())

    def opponent(self, images):
        """D's scores in G's step: no gradients of D's own weights are made."""
        self.discriminator.requires_grad_(False)
        scores = self.discriminator(images)
        self.discriminator.requires_grad_(True)
        return scores


GENERATOR, DISCRIMINATOR = 0, 1
LATENT_DIM = 100


def generator(image_size, width):
    """`DCGANLectureGenerator` in PyTorch."""
    side, channels = image_size // 4, [round(width * count) for count in (256, 128, 64)]
    up = {"kernel_size": 5, "padding": 2, "bias": False}
    return nn.Sequential(
        nn.Linear(LATENT_DIM, side * side * channels[0], bias=False),
        nn.BatchNorm1d(side * side * channels[0], eps=1e-3, momentum=0.01),
        nn.LeakyReLU(SLOPE),
        nn.Unflatten(1, (channels[0], side, side)),
        nn.ConvTranspose2d(channels[0], channels[1], stride=1, **up),
        nn.BatchNorm2d(channels[1], eps=1e-3, momentum=0.01),
        nn.LeakyReLU(SLOPE),
        nn.ConvTranspose2d(channels[1], channels[2], stride=2, output_padding=1, **up),
        nn.BatchNorm2d(channels[2], eps=1e-3, momentum=0.01),
        nn.LeakyReLU(SLOPE),
        nn.ConvTranspose2d(channels[2], 1, stride=2, output_padding=1, **up),
        nn.Tanh(),
    )


def discriminator(image_size, width):
    """`DCGANLectureDiscriminator` in PyTorch."""
    side, channels = image_size // 4, [round(width * count) for count in (64, 128)]
    down = {"kernel_size": 5, "stride": 2, "padding": 2}
    return nn.Sequential(
        nn.Conv2d(1, channels[0], **down),
        nn.LeakyReLU(SLOPE),
        nn.Dropout(0.3),
        nn.Conv2d(channels[0], channels[1], **down),
        nn.LeakyReLU(SLOPE),
        nn.Dropout(0.3),
        nn.Flatten(),
        nn.Linear(side * side * channels[1], 1),
    )


def _adam(network, optimizer):
    """PyTorch's Adam with the settings of Keras' one."""
    betas = (optimizer.beta_1, optimizer.beta_2)
    return torch.optim.Adam(
        network.parameters(), lr=float(optimizer.learning_rate.numpy()), betas=betas, eps=optimizer.epsilon
    )
