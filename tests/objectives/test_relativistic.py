import numpy as np
import pytest
from keras import ops

from keras_gans.objectives import Relativistic

REAL, FAKE = np.array([1.0, 3.0]), np.array([0.0, 2.0])


def softplus(x):
    return np.log1p(np.exp(x))


def losses(objective):
    real, fake = ops.convert_to_tensor(REAL, "float32"), ops.convert_to_tensor(FAKE, "float32")
    loss = objective.discriminator_loss(real, fake), objective.generator_loss(fake, real_scores=real)
    return tuple(map(ops.convert_to_numpy, loss))


def test_average():
    # The means are 2 for real and 1 for fake scores.
    discriminator, generator = losses(Relativistic())
    np.testing.assert_allclose(discriminator, softplus(-(REAL - 1.0)) + softplus(FAKE - 2.0), rtol=1e-6)
    np.testing.assert_allclose(generator, softplus(-(FAKE - 2.0)) + softplus(REAL - 1.0), rtol=1e-6)


def test_paired():
    discriminator, generator = losses(Relativistic(average=False))
    np.testing.assert_allclose(discriminator, softplus(FAKE - REAL), rtol=1e-6)
    np.testing.assert_allclose(generator, softplus(REAL - FAKE), rtol=1e-6)


def test_a_common_shift_of_the_scores_changes_nothing():
    for objective in (Relativistic(), Relativistic(average=False)):
        real, fake = ops.convert_to_tensor(REAL, "float32"), ops.convert_to_tensor(FAKE, "float32")
        shifted = objective.discriminator_loss(real + 5.0, fake + 5.0)
        np.testing.assert_allclose(ops.convert_to_numpy(shifted), losses(objective)[0], rtol=1e-5)


def test_generator_needs_real_scores():
    with pytest.raises(ValueError, match="Expected the scores of real images .* received: real_scores=None"):
        Relativistic().generator_loss(ops.zeros((2,)))
