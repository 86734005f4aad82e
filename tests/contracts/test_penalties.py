"""Every registered penalty keeps the contract, with its default arguments and with others; faulty ones are caught."""

import keras
import pytest
from keras import ops

from keras_gans import backend, registry
from keras_gans.penalties import FakeGradient, InterpolatedGradient, PerturbedGradient, RealGradient
from keras_gans.testing.checks import penalty_checks as contract

OTHER_ARGUMENTS = [
    InterpolatedGradient(weight=0.1, target=2.0, one_sided=True, every=4),
    PerturbedGradient(weight=1.0, noise="normal", scale=3.0),
    PerturbedGradient(scale=0.0),
    RealGradient(weight=1.0, every=16),
    FakeGradient(weight=0.5, every=2),
]


@pytest.mark.parametrize("check", contract.checks(), ids=lambda check: check.__name__)
@pytest.mark.parametrize("name", registry.names("penalty"))
def test_registered(name, check):
    check(registry.get("penalty", name))


@pytest.mark.parametrize("check", contract.checks(), ids=lambda check: check.__name__)
@pytest.mark.parametrize("penalty", OTHER_ARGUMENTS, ids=repr)
def test_other_arguments(penalty, check):
    check(penalty)


class BareRoot(InterpolatedGradient):
    """The slope of sqrt at zero is infinite. Reference: none."""

    def penalty(self, critic, real, fake, seed=None):
        gradient = backend.input_gradient(critic, self.points(real, fake, seed))
        return self.profile(ops.sqrt(ops.sum(ops.square(gradient), axis=(1, 2, 3))))


class NormOverChannels(InterpolatedGradient):
    """The norm of one axis, averaged over the others. Reference: none."""

    def penalty(self, critic, real, fake, seed=None):
        gradient = backend.input_gradient(critic, self.points(real, fake, seed))
        norm = ops.sqrt(ops.sum(ops.square(gradient), axis=-1) + 1e-12)
        return ops.mean(self.profile(norm), axis=(1, 2))


class Detached(RealGradient):
    """D does not feel the penalty. Reference: none."""

    def penalty(self, critic, real, fake, seed=None):
        values = super().penalty(critic, real, fake, seed)
        return ops.stop_gradient(values) + 0.0 * values  # PyTorch itself refuses losses without any graph


class ReducesItself(RealGradient):
    """Takes the mean that is the trainer's. Reference: none."""

    def penalty(self, critic, real, fake, seed=None):
        return ops.mean(super().penalty(critic, real, fake, seed))


class ForgetsItsWeight(RealGradient):
    """The weight goes nowhere. Reference: none."""

    def __call__(self, critic, real, fake, seed=None):
        return self.penalty(critic, real, fake, seed)


class ForgetsItsSeed(InterpolatedGradient):
    """Every call is another one. Reference: none."""

    def points(self, real, fake, seed=None):
        return super().points(real, fake, seed=None)


FAULTS = {
    BareRoot: {"check_flat_critic"},
    NormOverChannels: {"check_linear_critic", "check_reaches_the_critic"},
    Detached: {"check_reaches_the_critic"},
    ReducesItself: {"check_shape"},
    ForgetsItsWeight: {"check_linear_critic", "check_reaches_the_critic", "check_weight_is_a_factor"},
    ForgetsItsSeed: {"check_seed_decides", "check_weight_is_a_factor"},
}


@pytest.mark.parametrize("cls", FAULTS, ids=lambda cls: cls.__name__)
def test_faults_are_caught(cls):
    with keras.saving.custom_object_scope({cls.__name__: cls}):
        caught = {check.__name__ for check in contract.checks() if _fails(check, cls())}
    assert caught == FAULTS[cls]


def _fails(check, penalty):
    try:
        check(penalty)
    except AssertionError:
        return True
    return False
