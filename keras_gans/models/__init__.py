"""Games: what the papers train, one file each."""

from keras_gans.models.acgan import ACGAN
from keras_gans.models.adversarial import AdversarialModel
from keras_gans.models.conditional_gan import ConditionalGAN
from keras_gans.models.dragan import DRAGAN
from keras_gans.models.f_gan import FGAN
from keras_gans.models.gan import GAN
from keras_gans.models.hinge_gan import HingeGAN
from keras_gans.models.info_gan import InfoGAN
from keras_gans.models.labelled import LabelledModel
from keras_gans.models.lsgan import LSGAN
from keras_gans.models.ns_gan import NSGAN
from keras_gans.models.pac_gan import PacGAN
from keras_gans.models.projection_gan import ProjectionGAN
from keras_gans.models.semi_supervised_gan import SemiSupervisedGAN
from keras_gans.models.unrolled_gan import UnrolledGAN
from keras_gans.models.wgan import WGAN
from keras_gans.models.wgan_gp import WGANGP

__all__ = [
    "ACGAN",
    "AdversarialModel",
    "ConditionalGAN",
    "DRAGAN",
    "FGAN",
    "GAN",
    "HingeGAN",
    "InfoGAN",
    "LSGAN",
    "LabelledModel",
    "NSGAN",
    "PacGAN",
    "ProjectionGAN",
    "SemiSupervisedGAN",
    "UnrolledGAN",
    "WGAN",
    "WGANGP",
]
