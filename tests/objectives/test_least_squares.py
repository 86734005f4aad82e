import numpy as np
import pytest
from keras import ops

from keras_gans.objectives import LeastSquares


def losses(objective, real, fake):
    real, fake = ops.convert_to_tensor([real]), ops.convert_to_tensor([fake])
    return float(objective.discriminator_loss(real, fake)[0]), float(objective.generator_loss(fake)[0])


def test_hand_values():
    assert losses(LeastSquares(), 0.5, 0.5) == pytest.approx((0.25, 0.125))
    assert losses(LeastSquares(), 3.0, -2.0) == pytest.approx((4.0, 4.5))


def test_the_other_published_targets():
    # (a, b, c) = (-1, 1, 0): G is content where D is undecided.
    objective = LeastSquares(fake_target=-1.0, real_target=1.0, generator_target=0.0)
    assert losses(objective, 0.5, 0.5) == pytest.approx((0.125 + 1.125, 0.125))
    assert objective.undecided_score == 0.0


def test_the_best_score_is_between_the_targets():
    # Where p_data = p_G, D's loss over all scores is least at the undecided score.
    objective = LeastSquares(fake_target=0.1, real_target=0.9)
    scores = ops.convert_to_tensor(np.linspace(-1.0, 2.0, 301), dtype="float32")
    best = ops.convert_to_numpy(scores)[int(ops.argmin(objective.discriminator_loss(scores, scores)))]
    assert best == pytest.approx(objective.undecided_score, abs=0.01) == pytest.approx(0.5)


@pytest.mark.parametrize("targets", [(1.0, 0.0, 1.0), (0.0, 1.0, 0.0)])
def test_bad_targets(targets):
    with pytest.raises(ValueError, match="Expected a fake_target below real_target and generator_target, received: "):
        LeastSquares(*targets)
