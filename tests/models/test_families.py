"""The networks that are registered play the games that they were made for, as the command line pairs them."""

import pytest

from keras_gans import configuration, registry

FAMILIES = {
    "acgan": "auxiliary_dcgan",
    "conditional_gan": "conditional_dcgan",
    "hinge_gan": "dcgan",
    "info_gan": "infogan",
    "projection_gan": "projection_dcgan",
    "semi_supervised_gan": "auxiliary_dcgan",
}
"""Of the games that need more of their networks than scores of images."""
SHAPE = (16, 16, 1)


@pytest.mark.parametrize("name", registry.names("game"))
def test_a_game_takes_its_family(name):
    settings = ["generator.width=0.0625", "discriminator.width=0.0625"]
    resolved = configuration.resolve(name, FAMILIES.get(name, "dcgan"), "digits", settings=settings)
    assert resolved.build(SHAPE).sample(2).shape == (2, *SHAPE)
