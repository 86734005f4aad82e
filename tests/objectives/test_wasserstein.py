import numpy as np
from keras import ops

from keras_gans.objectives import Wasserstein

REAL, FAKE = ops.convert_to_tensor([2.0, -1.0]), ops.convert_to_tensor([0.5, 4.0])


def test_hand_values():
    np.testing.assert_allclose(ops.convert_to_numpy(Wasserstein().discriminator_loss(REAL, FAKE)), [-1.5, 5.0])
    np.testing.assert_allclose(ops.convert_to_numpy(Wasserstein().generator_loss(FAKE)), [-0.5, -4.0])


def test_swapping_real_and_fake_negates():
    swapped = ops.convert_to_numpy(Wasserstein().discriminator_loss(FAKE, REAL))
    np.testing.assert_allclose(swapped, -ops.convert_to_numpy(Wasserstein().discriminator_loss(REAL, FAKE)))


def test_critic_must_be_lipschitz():
    assert Wasserstein.needs_lipschitz
