"""The losses of hand-picked scores in a game with tricks."""

import numpy as np
from keras import ops

from keras_gans.models import NSGAN
from keras_gans.testing import tiny


def discriminator_loss(trick, real, fake, objective="non_saturating"):
    """D's loss per example of the played objective, `(rows,)`; and the game."""
    model = tiny.game(NSGAN, objective=objective, tricks=[trick])
    columns = (ops.convert_to_tensor(np.reshape(np.float32(scores), (-1, 1))) for scores in (real, fake))
    return ops.convert_to_numpy(model.played_objective.discriminator_loss(*columns))[:, 0], model


def softplus(x):
    return np.log1p(np.exp(x))
