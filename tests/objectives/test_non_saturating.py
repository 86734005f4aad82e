import math

import numpy as np
import pytest
from keras import ops

from keras_gans import backend
from keras_gans.objectives import NonSaturating


def test_fixed_point():
    zero = ops.zeros((1,))
    assert float(NonSaturating().discriminator_loss(zero, zero)[0]) == pytest.approx(2.0 * math.log(2.0))
    assert float(NonSaturating().generator_loss(zero)[0]) == pytest.approx(math.log(2.0))


def test_generator_gradient_survives():
    scores = ops.convert_to_tensor([-10.0, 0.0])
    gradient = backend.input_gradient(NonSaturating().generator_loss, scores)
    np.testing.assert_allclose(ops.convert_to_numpy(gradient), [-0.9999546, -0.5], rtol=1e-6)
