"""Every registered trick keeps the contract, with its default arguments and with others; faulty ones are caught."""

import keras
import pytest
from keras import ops

from keras_gans import registry
from keras_gans.testing.checks import trick_checks as contract
from keras_gans.tricks import (
    BalancedUpdates,
    FeatureMatching,
    FlippedLabels,
    HistoricalAveraging,
    InstanceNoise,
    Replay,
    SoftLabels,
    SparringPartners,
    Trick,
    UpdateGate,
)

OTHER_ARGUMENTS = [
    FeatureMatching(layer="features", adversarial_weight=0.5),
    FlippedLabels(share=keras.optimizers.schedules.CosineDecay(0.5, 4)),
    HistoricalAveraging(weight=0.1, players=["discriminator"]),
    InstanceNoise(stddev=keras.optimizers.schedules.ExponentialDecay(0.5, 2, 0.1), real_only=True),
    SoftLabels(real=(0.9, 0.9), fake=(0.0, 0.0)),
]
OTHER_STATES = [
    BalancedUpdates(low=0.68, high=0.7),
    Replay(size=16, share=1.0),
    SparringPartners(of="generator", count=2, every=1),
    UpdateGate(discriminator_above=1.45, generator_above=0.7),
]


@pytest.mark.parametrize("check", contract.checks(), ids=lambda check: check.__name__)
@pytest.mark.parametrize("name", registry.names("trick"))
def test_registered(name, check):
    check(registry.get("trick", name))


@pytest.mark.parametrize("trick", [*OTHER_ARGUMENTS, *OTHER_STATES], ids=lambda trick: trick.registered_name)
def test_config_of_other_arguments(trick):
    contract.check_config_round_trip(trick)


@pytest.mark.parametrize("trick", OTHER_STATES, ids=lambda trick: trick.registered_name)
def test_state_of_other_arguments(trick):
    contract.check_save_load_continue(trick)


class ForgetsWhatItKnew(Trick):
    """Keeps its state where no file finds it. Reference: none."""

    registered_name = "forgets_what_it_knew"

    def build(self, model):
        self.steps = keras.Variable(0.0, trainable=False)

    def losses(self, model, player, losses, shown):
        self.steps.assign_add(1.0)
        return {**losses, f"{player}_loss": losses[f"{player}_loss"] * (1.0 + self.steps)}


class Spoils(Trick):
    """Takes the logarithm of nothing. Reference: none."""

    registered_name = "spoils"

    def losses(self, model, player, losses, shown):
        return {**losses, f"{player}_loss": ops.log(0.0 * losses[f"{player}_loss"])}


class StartsAnew(Trick):
    """Draws the weights again. Reference: none."""

    registered_name = "starts_anew"

    def build(self, model):
        model.generator.set_weights([0.5 * weight for weight in model.generator.get_weights()])


class Declares(Trick):
    """Promises a loss that never comes. Reference: none."""

    registered_name = "declares"
    extra_losses = ("nothing",)

    def losses(self, model, player, losses, shown):
        return {**losses, "something": losses[f"{player}_loss"]}


FAULTS = {
    Declares: contract.check_training_is_finite,
    Spoils: contract.check_mixed_precision,
    StartsAnew: contract.check_compile_leaves_the_game_alone,
}
if keras.backend.backend() != "jax":  # where a variable that is not the model's never changes
    FAULTS[ForgetsWhatItKnew] = contract.check_save_load_continue


@pytest.mark.parametrize("cls", FAULTS, ids=lambda cls: cls.__name__)
def test_faults_are_caught(cls):
    with keras.saving.custom_object_scope({cls.__name__: cls}), pytest.raises((AssertionError, KeyError)):
        FAULTS[cls](cls())
