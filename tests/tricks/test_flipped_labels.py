import keras
import numpy as np
import pytest
from scores import discriminator_loss, softplus

from keras_gans.tricks import FlippedLabels

RIGHT, WRONG = 2 * softplus(-3.0), 2 * softplus(3.0)  # -log D(x) - log(1 - D(G)) at d(x) = 3, d(G) = -3


def share_of_wrong(trick, rows=4000):
    losses, _ = discriminator_loss(trick, [3.0] * rows, [-3.0] * rows)
    wrong = np.isclose(losses, WRONG, rtol=1e-5)
    assert np.all(wrong | np.isclose(losses, RIGHT, rtol=1e-5))
    return wrong.mean()


def test_rows_are_right_or_wrong():
    assert share_of_wrong(FlippedLabels(0.25)) == pytest.approx(0.25, abs=0.03)


def test_all_and_none():
    assert share_of_wrong(FlippedLabels(1.0)) == 1 and share_of_wrong(FlippedLabels(0.0)) == 0


def test_schedule():
    assert share_of_wrong(FlippedLabels(keras.optimizers.schedules.PiecewiseConstantDecay([5], [0.5, 0.0]))) > 0.4


def test_a_flip_is_the_objectives_own_loss_the_other_way_round():
    losses, model = discriminator_loss(FlippedLabels(1.0), [2.0, 0.5], [-1.0, 0.3], objective="wasserstein")
    np.testing.assert_allclose(losses, [3.0, 0.2], rtol=1e-6)
    assert model.objective.registered_name == "wasserstein"


def test_refuses():
    with pytest.raises(ValueError, match="at most 1, received: share=2"):
        FlippedLabels(2)
