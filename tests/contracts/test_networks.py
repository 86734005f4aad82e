"""The contract checks of networks, run over everything registered."""

import pytest

from keras_gans import registry
from keras_gans.testing.checks.network_checks import network_checks

CASES = [
    pytest.param(check, id=f"{name}-{check_name}")
    for name in registry.names("network")
    for check_name, check in network_checks(registry.lookup("network", name))
]
OTHER_OPTIONS = [
    ("dcgan", {}, {"normalization": None}),
    ("dcgan", {}, {"normalization": "spectral"}),
    ("infogan", {}, {"normalization": None}),
    ("infogan", {}, {"normalization": "spectral"}),
    ("infogan", {}, {"categories": 3, "continuous": 1}),
    ("auxiliary_dcgan", {}, {"normalization": None, "dropout": 0.5}),
    ("conditional_dcgan", {}, {"normalization": "spectral"}),
    ("mlp", {"batch_normalization": True}, {"maxout": None, "activation": "leaky_relu"}),
    ("mlp", {"image_shape": (2,)}, {"image_shape": (2,)}),
]
OTHER_CASES = [
    pytest.param(check, id=f"{name}-{generator}-{discriminator}-{check_name}")
    for name, generator, discriminator in OTHER_OPTIONS
    for check_name, check in network_checks(registry.lookup("network", name), generator, discriminator)
]


@pytest.mark.parametrize("check", CASES)
def test_contract(check):
    check()


@pytest.mark.parametrize("check", OTHER_CASES)
def test_contract_of_other_options(check):
    check()
