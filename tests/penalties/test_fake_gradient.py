import numpy as np
from keras import ops

from keras_gans.penalties import FakeGradient


def test_half_the_squared_gradient_at_generated_images():
    # The gradient of |x|^2 / 2 is x: at (3, 4) the penalty is 10 / 2 * 25.
    real, fake = ops.convert_to_tensor([[1.0, 0.0]]), ops.convert_to_tensor([[3.0, 4.0]])
    values = FakeGradient()(lambda images: 0.5 * ops.sum(ops.square(images), axis=1), real, fake)
    np.testing.assert_allclose(ops.convert_to_numpy(values), [125.0], rtol=1e-5)
