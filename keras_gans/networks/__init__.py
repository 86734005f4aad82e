"""Networks: generators and discriminators, one family a file."""

from keras_gans.networks.auxiliary_dcgan import AuxiliaryDCGAN, AuxiliaryDCGANDiscriminator, AuxiliaryDCGANGenerator
from keras_gans.networks.conditional_dcgan import (
    ConditionalDCGAN,
    ConditionalDCGANDiscriminator,
    ConditionalDCGANGenerator,
)
from keras_gans.networks.dcgan import DCGAN, DCGANDiscriminator, DCGANGenerator
from keras_gans.networks.dcgan_lecture import DCGANLecture, DCGANLectureDiscriminator, DCGANLectureGenerator
from keras_gans.networks.infogan import InfoGAN, InfoGANDiscriminator, InfoGANGenerator
from keras_gans.networks.mlp import MLP, MLPDiscriminator, MLPGenerator
from keras_gans.networks.network import Discriminator, Generator, Network, is_batch_coupled
from keras_gans.networks.projection_dcgan import ProjectionDCGAN, ProjectionDCGANDiscriminator, ProjectionDCGANGenerator

__all__ = [
    "AuxiliaryDCGAN",
    "AuxiliaryDCGANDiscriminator",
    "AuxiliaryDCGANGenerator",
    "ConditionalDCGAN",
    "ConditionalDCGANDiscriminator",
    "ConditionalDCGANGenerator",
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
    "ProjectionDCGAN",
    "ProjectionDCGANDiscriminator",
    "ProjectionDCGANGenerator",
    "is_batch_coupled",
]
