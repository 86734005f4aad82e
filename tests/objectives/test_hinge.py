import numpy as np
from keras import ops

from keras_gans.objectives import Hinge


def test_hand_values():
    real, fake = ops.convert_to_tensor([0.0, 2.0, 1.0, -3.0]), ops.convert_to_tensor([0.0, -2.0, 0.5, 1.0])
    np.testing.assert_allclose(ops.convert_to_numpy(Hinge().discriminator_loss(real, fake)), [2.0, 0.0, 1.5, 6.0])
    np.testing.assert_allclose(ops.convert_to_numpy(Hinge().generator_loss(fake)), [0.0, 2.0, -0.5, -1.0])
