"""Every registered objective keeps the contract, with its default arguments and with others; faulty ones are caught."""

import keras
import pytest
from keras import ops

from keras_gans import registry
from keras_gans.objectives import FDivergence, LeastSquares, Minimax, NonSaturating, Relativistic, Wasserstein
from keras_gans.objectives.f_divergence import DIVERGENCES
from keras_gans.testing.checks import objective_checks as contract

OTHER_ARGUMENTS = [
    Minimax(real_target=0.9, fake_target=0.1),
    NonSaturating(real_target=0.9),
    LeastSquares(fake_target=0.1, real_target=0.9, generator_target=0.9),
    Relativistic(average=False),
    *[FDivergence(name, saddle_point) for name in DIVERGENCES for saddle_point in (False, True)],
]
# An option may turn one objective into another, as f_divergence's "gan" into non_saturating.
OTHER_CHECKS = [check for check in contract.checks() if check is not contract.check_is_no_duplicate]


@pytest.mark.parametrize("check", contract.checks(), ids=lambda check: check.__name__)
@pytest.mark.parametrize("name", registry.names("objective"))
def test_registered(name, check):
    check(registry.get("objective", name))


@pytest.mark.parametrize("check", OTHER_CHECKS, ids=lambda check: check.__name__)
@pytest.mark.parametrize("objective", OTHER_ARGUMENTS, ids=repr)
def test_other_arguments(objective, check):
    check(objective)


class WrongSign(Wasserstein):
    """As in a script that copies D's sign to G. Reference: none."""

    def generator_loss(self, fake_scores, real_scores=None):
        return fake_scores


class ReducesItself(Wasserstein):
    """Takes the mean that is the trainer's. Reference: none."""

    def discriminator_loss(self, real_scores, fake_scores):
        return ops.mean(fake_scores) - ops.mean(real_scores)


class LogOfSigmoid(NonSaturating):
    """An epsilon in the logarithm drowns G's gradient where D is sure. Reference: none."""

    def generator_loss(self, fake_scores, real_scores=None):
        return -ops.log(ops.sigmoid(fake_scores) + 1e-8)


class MinimaxThatIsNonSaturating(Minimax):
    """Two names for one loss. Reference: none."""

    saturates = False

    def generator_loss(self, fake_scores, real_scores=None):
        return ops.softplus(-fake_scores)


class Cancels(Minimax):
    """softplus(s) - s is zero in float32 from s = 17 on. Reference: none."""

    def discriminator_loss(self, real_scores, fake_scores):
        return ops.softplus(real_scores) - real_scores + ops.softplus(fake_scores)


class Overflows(FDivergence):
    """A bare exponential. Reference: none."""

    def discriminator_loss(self, real_scores, fake_scores):
        return ops.exp(fake_scores - 1.0) - real_scores


class HidesSaturation(Minimax):
    """Says that G's gradient survives a sure D. Reference: none."""

    saturates = False


class HidesZeroSum(Wasserstein):
    """Says that G wants something else than D fears. Reference: none."""

    zero_sum = False


class HidesComparison(Relativistic):
    """Says that rows are independent. Reference: none."""

    compares_batches = False


class WrongUndecidedScore(LeastSquares):
    """The middle between 0 and 1 is not 0.25. Reference: none."""

    undecided_score = 0.25


class LosesItsArgument(LeastSquares):
    """The config does not give back what the constructor got. Reference: none."""

    def get_config(self):
        return {}


class NamesNoPaper(Wasserstein):
    """Says nothing of its origin."""


FAULTS = {
    WrongSign: {"check_direction", "check_saturation_is_declared", "check_zero_sum_is_declared"},
    ReducesItself: {
        "check_losses_are_per_example",
        "check_batch_comparison_is_declared",
        "check_zero_sum_is_declared",
    },
    LogOfSigmoid: {"check_saturation_is_declared", "check_float32_is_enough"},
    MinimaxThatIsNonSaturating: {"check_is_no_duplicate", "check_zero_sum_is_declared"},
    Cancels: {"check_float32_is_enough"},
    Overflows: {"check_extremes"},
    HidesSaturation: {"check_saturation_is_declared"},
    HidesZeroSum: {"check_zero_sum_is_declared"},
    HidesComparison: {"check_batch_comparison_is_declared"},
    WrongUndecidedScore: {"check_undecided_score"},
    LosesItsArgument: {"check_config_round_trip"},
    NamesNoPaper: {"check_documents_its_paper"},
}

UNAVAILABLE = {"check_float32_is_enough"} if keras.backend.backend() == "jax" else set()


@pytest.mark.parametrize("cls", FAULTS, ids=lambda cls: cls.__name__)
def test_faults_are_caught(cls):
    faulty = cls(real_target=0.9) if cls is LosesItsArgument else cls()
    with keras.saving.custom_object_scope({cls.__name__: cls}):
        caught = {check.__name__ for check in contract.checks() if _fails(check, faulty)}
    # Most faults keep the gradients of the objective that they spoil, so they are duplicates besides.
    expected = FAULTS[cls] - UNAVAILABLE
    assert caught - {"check_is_no_duplicate"} == expected - {"check_is_no_duplicate"}
    assert expected <= caught


def _fails(check, objective):
    try:
        check(objective)
    except AssertionError:
        return True
    return False
