"""Every registered metric keeps the contract, with its default arguments and with others; faulty ones are caught."""

import keras
import numpy as np
import pytest

from keras_gans import registry
from keras_gans.metrics import (
    DensityCoverage,
    FrechetInceptionDistance,
    InceptionScore,
    KernelInceptionDistance,
    PrecisionRecall,
    PrecisionRecallDistribution,
)
from keras_gans.testing.checks import metric_checks as contract

OTHER_ARGUMENTS = [
    InceptionScore(splits=1),
    KernelInceptionDistance(subsets=10, subset_size=20, seed=1),
    PrecisionRecallDistribution(clusters=5, runs=2, seed=1),
    PrecisionRecall(k=5),
    DensityCoverage(k=3),
]


@pytest.mark.parametrize("check", contract.checks(), ids=lambda check: check.__name__)
@pytest.mark.parametrize("name", registry.names("metric"))
def test_registered(name, check):
    check(registry.get("metric", name))


@pytest.mark.parametrize("check", contract.checks(), ids=lambda check: check.__name__)
@pytest.mark.parametrize("metric", OTHER_ARGUMENTS, ids=lambda metric: metric.name)
def test_other_arguments(metric, check):
    check(metric)


class WrongDirection(FrechetInceptionDistance):
    """A distance, sold as higher is better. Reference: none."""

    directions = {"fid": "higher"}


class NamesNoPaper(FrechetInceptionDistance):
    """A distance of unknown origin; lower is better."""


class SaysNoDirection(FrechetInceptionDistance):
    """A distance. Reference: none."""


class OtherNames(FrechetInceptionDistance):
    """Lower is better. Reference: none."""

    def compute(self, real, generated):
        return {"distance": super().compute(real, generated)[0]["fid"]}, {}


class KeepsTheLastBatch(KernelInceptionDistance):
    """Lower is better. Reference: none."""

    def update_state(self, real, generated):
        self._real, self._generated = (
            kept if batch is None else self.collector()
            for kept, batch in ((self._real, real), (self._generated, generated))
        )
        super().update_state(real, generated)


class Unseeded(KernelInceptionDistance):
    """Lower is better. Reference: none."""

    def compute(self, real, generated):
        noise = float(np.random.default_rng().uniform())
        return {"kid": super().compute(real, generated)[0]["kid"] + 1e-6 * noise}, {}


class NeverForgets(KernelInceptionDistance):
    """Lower is better. Reference: none."""

    def reset_state(self):
        if not hasattr(self, "_real"):
            super().reset_state()


class HidesItsReference(FrechetInceptionDistance):
    """Lower is better. Reference: none."""

    def compute(self, real, generated):
        return {"fid": float(np.sum((generated.mean - 0.0) ** 2))}, {}


class DividesByNothing(KernelInceptionDistance):
    """Lower is better. Reference: none."""

    def compute(self, real, generated):
        with np.errstate(all="ignore"):
            return {"kid": float(np.mean((generated.mean(axis=0) - real.mean(axis=0)) ** 2 / np.ptp(real, axis=0)))}, {}


class LosesItsArgument(PrecisionRecall):
    """Higher is better. Reference: none."""

    def get_config(self):
        return {name: value for name, value in super().get_config().items() if name != "k"}


class TakesAnything(KernelInceptionDistance):
    """Lower is better. Reference: none."""

    def _read(self, batch):
        return np.asarray(batch)


FAULTS = {
    WrongDirection: {"check_direction"},
    NamesNoPaper: {"check_documents_its_paper"},
    SaysNoDirection: {"check_says_where_better_is"},
    OtherNames: {"check_values_are_declared", "check_direction"},
    KeepsTheLastBatch: {"check_batches_change_nothing"},
    Unseeded: {"check_repeatable", "check_batches_change_nothing", "check_reset"},
    NeverForgets: {"check_reset"},
    HidesItsReference: {"check_reference_is_declared"},
    DividesByNothing: {"check_constant_images"},
    LosesItsArgument: {"check_config_round_trip"},
    TakesAnything: {"check_refuses"},
}


@pytest.mark.parametrize("cls", FAULTS, ids=lambda cls: cls.__name__)
def test_faults_are_caught(cls):
    faulty = cls(k=7) if cls is LosesItsArgument else cls()
    with keras.saving.custom_object_scope({cls.__name__: cls}):
        caught = {check.__name__ for check in contract.checks() if _fails(check, faulty)}
    assert caught == FAULTS[cls]


def _fails(check, metric):
    try:
        check(metric)
    except (AssertionError, KeyError):
        return True
    return False
