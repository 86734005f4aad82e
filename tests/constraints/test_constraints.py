"""Every registered constraint keeps the contract; faulty ones are caught."""

import keras
import pytest

from keras_gans import registry
from keras_gans.constraints import ClipWeights
from keras_gans.testing.checks import constraint_checks as contract


@pytest.mark.parametrize("check", contract.checks(), ids=lambda check: check.__name__)
@pytest.mark.parametrize("name", registry.names("constraint"))
def test_registered(name, check):
    check(registry.get("constraint", name))


class ClipsEverything(ClipWeights):
    """Moving statistics are no weights. Reference: none."""

    def __call__(self, network):
        for variable in network.variables:
            variable.assign(self.project(variable) if variable.dtype == "float32" else variable)


class Shrinks(ClipWeights):
    """Weight decay is no projection. Reference: none."""

    def project(self, weight):
        return 0.9 * weight


class DoesNothing(ClipWeights):
    """Forgets to assign. Reference: none."""

    def project(self, weight):
        return weight


FAULTS = {
    ClipsEverything: {"check_statistics_are_left_alone"},
    Shrinks: {"check_projects"},
    DoesNothing: {"check_projects"},
}


@pytest.mark.parametrize("cls", FAULTS, ids=lambda cls: cls.__name__)
def test_faults_are_caught(cls):
    with keras.saving.custom_object_scope({cls.__name__: cls}):
        caught = {check.__name__ for check in contract.checks() if _fails(check, cls())}
    assert caught == FAULTS[cls]


def _fails(check, constraint):
    try:
        check(constraint)
    except AssertionError:
        return True
    return False
