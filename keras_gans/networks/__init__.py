"""Networks: generators and discriminators, one family a file."""

from keras_gans.networks.network import Discriminator, Generator, Network

__all__ = ["Discriminator", "Generator", "Network"]
