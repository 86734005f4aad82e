"""Networks: generators and discriminators, one family a file."""

from keras_gans.networks.dcgan import DCGAN, DCGANDiscriminator, DCGANGenerator
from keras_gans.networks.dcgan_lecture import DCGANLecture, DCGANLectureDiscriminator, DCGANLectureGenerator
from keras_gans.networks.infogan import InfoGAN, InfoGANDiscriminator, InfoGANGenerator
from keras_gans.networks.mlp import MLP, MLPDiscriminator, MLPGenerator
from keras_gans.networks.network import Discriminator, Generator, Network, is_batch_coupled

__all__ = [
    "DCGAN",
    "DCGANDiscriminator",
    "DCGANGenerator",
    "DCGANLecture",
    "DCGANLectureDiscriminator",
    "DCGANLectureGenerator",
    "Discriminator",
    "Generator",
    "InfoGAN",
    "InfoGANDiscriminator",
    "InfoGANGenerator",
    "MLP",
    "MLPDiscriminator",
    "MLPGenerator",
    "Network",
    "is_batch_coupled",
]
