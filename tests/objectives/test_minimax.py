import math

import numpy as np
import pytest
from keras import ops

from keras_gans import backend
from keras_gans.objectives import Minimax


def test_fixed_point():
    zero = ops.zeros((1,))
    assert float(Minimax().discriminator_loss(zero, zero)[0]) == pytest.approx(2.0 * math.log(2.0))
    assert float(Minimax().generator_loss(zero)[0]) == pytest.approx(-math.log(2.0))


def test_generator_gradient_saturates():
    scores = ops.convert_to_tensor([-10.0, 0.0])
    gradient = backend.input_gradient(Minimax().generator_loss, scores)
    np.testing.assert_allclose(ops.convert_to_numpy(gradient), [-4.53979e-5, -0.5], rtol=1e-5)


def test_smoothing_moves_the_best_score():
    # D's best sigmoid on real images alone is y_r; on equal images it is (y_r + y_f) / 2.
    objective = Minimax(real_target=0.9)
    best = ops.convert_to_tensor([math.log(9.0)])
    slope = backend.input_gradient(lambda scores: objective.discriminator_loss(scores, ops.zeros((1,))), best)
    assert abs(ops.convert_to_numpy(slope)[0]) < 1e-6
    assert objective.undecided_score == pytest.approx(math.log(0.45 / 0.55))
    assert Minimax().undecided_score == 0.0


@pytest.mark.parametrize("targets", [(0.0, 0.0), (1.1, 0.0), (0.5, 0.9), (1.0, -0.1)])
def test_bad_targets(targets):
    with pytest.raises(ValueError, match="Expected 0 <= fake_target < real_target <= 1, received: real_target="):
        Minimax(*targets)
