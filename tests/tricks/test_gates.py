"""Update gates: which steps are made."""

import numpy as np
import pytest
from scores import discriminator_loss, softplus

from keras_gans.models import NSGAN, WGAN
from keras_gans.testing import tiny
from keras_gans.tricks import BalancedUpdates, UpdateGate


def steps(trick, count=1):
    """The steps that each player has made, and whether its weights and slots are as at the start."""
    model = tiny.game(NSGAN, generator_batch_normalization=False, tricks=[trick], run_eagerly=True)
    kept = {}
    for player in ("discriminator", "generator"):
        variables = [*getattr(model, player).variables, *getattr(model, f"{player}_optimizer").variables]
        kept[player] = [(variable, np.array(variable)) for variable in variables]
    model.fit(tiny.images(4 * count), batch_size=4, verbose=0)
    made = {player: int(getattr(model, f"{player}_optimizer").iterations) for player in kept}
    for player, pairs in kept.items():
        same = all(np.array_equal(np.array(variable), before) for variable, before in pairs)
        assert same == (made[player] == 0), player
    return made["discriminator"], made["generator"]


@pytest.mark.parametrize(
    ("trick", "expected"),
    [
        (UpdateGate(discriminator_above=0.0, generator_above=0.0), (1, 1)),
        (UpdateGate(discriminator_above=5.0), (0, 1)),
        (UpdateGate(discriminator_above=None, generator_above=5.0), (1, 0)),
        (BalancedUpdates(), (1, 1)),
        (BalancedUpdates(low=5.0, high=10.0), (0, 1)),
        (BalancedUpdates(low=0.0, high=0.01), (1, 0)),
    ],
    ids=repr,
)
def test_steps_that_are_made(trick, expected):
    assert steps(trick) == expected


@pytest.mark.parametrize(
    ("real", "fake", "discriminator", "generator"),
    [
        (0.5, 0.6, True, True),
        (0.2, 0.6, False, True),
        (0.6, 0.2, False, True),
        (0.6, 0.9, True, False),
        (0.2, 0.9, True, True),
    ],
)
def test_balance_of_errors(real, fake, discriminator, generator):
    """URDGN's rule: D rests below 0.3, G above 0.7, and where both would rest none does."""
    trick = BalancedUpdates(low=0.3, high=0.7)
    model = tiny.game(NSGAN, tricks=[trick])
    trick.real_error.assign(real)
    trick.fake_error.assign(fake)
    assert bool(trick.may_update(model, "discriminator")) == discriminator
    assert bool(trick.may_update(model, "generator")) == generator


def test_errors_are_the_means_of_the_halves():
    trick = BalancedUpdates()
    losses, _ = discriminator_loss(trick, [1.0, 3.0], [-2.0, 0.0])
    assert float(trick.real_error) == pytest.approx((softplus(-1.0) + softplus(-3.0)) / 2, rel=1e-5)
    assert float(trick.fake_error) == pytest.approx((softplus(-2.0) + softplus(0.0)) / 2, rel=1e-5)
    np.testing.assert_allclose(losses, [softplus(-1.0) + softplus(-2.0), softplus(-3.0) + np.log(2)], rtol=1e-5)


def test_balance_refuses_scores_without_a_scale():
    with pytest.raises(ValueError, match="fixes the scale of D's scores.*received: 'wasserstein'"):
        tiny.game(WGAN, tricks=["balanced_updates"])
    with pytest.raises(ValueError, match="apart for the trick 'balanced_updates'"):
        tiny.game(NSGAN, objective="relativistic", tricks=["balanced_updates"])
    with pytest.raises(ValueError, match="low < high, received: low=1"):
        BalancedUpdates(low=1, high=0)
