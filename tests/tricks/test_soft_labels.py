import numpy as np
import pytest
from scores import discriminator_loss, softplus

from keras_gans.models import NSGAN
from keras_gans.testing import tiny
from keras_gans.tricks import SoftLabels

FIXED = SoftLabels(real=(0.9, 0.9), fake=(0.2, 0.2))


def test_cross_entropy_has_soft_targets():
    real, fake = np.array([1.0, -2.0]), np.array([0.5, 3.0])
    expected = 0.9 * softplus(-real) + 0.1 * softplus(real) + 0.2 * softplus(-fake) + 0.8 * softplus(fake)
    np.testing.assert_allclose(discriminator_loss(FIXED, real, fake)[0], expected, rtol=1e-5)


def test_least_squares_has_soft_targets_up_to_a_constant():
    """y (d - 1)^2 / 2 + (1 - y) d^2 / 2 = (d - y)^2 / 2 + y (1 - y) / 2."""
    real, fake = np.array([1.0, -2.0]), np.array([0.5, 3.0])
    expected = (real - 0.9) ** 2 / 2 + (fake - 0.2) ** 2 / 2 + 0.09 / 2 + 0.16 / 2
    np.testing.assert_allclose(discriminator_loss(FIXED, real, fake, "least_squares")[0], expected, rtol=1e-5)


def test_hinge():
    """.9 max(0, 1 - d) + .1 max(0, 1 + d) for real, d = 2: .3; .2 max(0, 1 - d) + .8 max(0, 1 + d), d = -.5: .7."""
    np.testing.assert_allclose(discriminator_loss(FIXED, [2.0], [-0.5], "hinge")[0], [0.3 + 0.7], rtol=1e-5)


def test_labels_are_drawn_for_each_image():
    """The loss of one score is linear in y, so that its spread shows the range."""
    losses, _ = discriminator_loss(SoftLabels((0.6, 1.0), (0.0, 0.0)), [4.0] * 4000, [-40.0] * 4000)
    labels = (losses - softplus(4.0)) / (softplus(-4.0) - softplus(4.0))
    assert labels.min() == pytest.approx(0.6, abs=0.01) and labels.max() == pytest.approx(1.0, abs=0.01)
    assert labels.mean() == pytest.approx(0.8, abs=0.01)


def test_refuses_objectives_that_compare():
    with pytest.raises(ValueError, match="apart for the trick 'soft_labels', received: 'relativistic'"):
        tiny.game(NSGAN, objective="relativistic", tricks=["soft_labels"])


def test_refuses_ranges_that_meet():
    with pytest.raises(ValueError, match="received: real="):
        SoftLabels((0.2, 0.9), (0.0, 0.3))
