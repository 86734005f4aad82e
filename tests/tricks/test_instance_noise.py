import keras
import numpy as np
import pytest
from keras import ops

from keras_gans.models import NSGAN
from keras_gans.testing import tiny
from keras_gans.tricks import InstanceNoise, Shown


def noise(trick, steps=0, player="discriminator"):
    """What the trick adds to black images, real and generated, at D's step `steps`."""
    model = tiny.game(NSGAN, tricks=[trick])
    model.discriminator_optimizer.iterations.assign(steps)
    black = ops.zeros((500, 2, 2, 1))
    shown = trick.shown(model, player, Shown(black, black))
    return ops.convert_to_numpy(shown.real), ops.convert_to_numpy(shown.fake)


def test_noise_is_normal_and_independent():
    real, fake = noise(InstanceNoise(0.5))
    for part in (real, fake):
        assert abs(part.mean()) < 0.05 and part.std() == pytest.approx(0.5, rel=0.05)
    assert abs(np.corrcoef(real.ravel(), fake.ravel())[0, 1]) < 0.1


def test_schedule_is_that_of_the_discriminators_step():
    decay = keras.optimizers.schedules.PolynomialDecay(0.8, 10, end_learning_rate=0.0)
    assert noise(InstanceNoise(decay), steps=5)[0].std() == pytest.approx(0.4, rel=0.05)
    assert noise(InstanceNoise(decay), steps=10)[0].std() == 0.0


def test_on_real_images_only():
    real, fake = noise(InstanceNoise(0.1, real_only=True))
    assert real.std() > 0 and fake.std() == 0


def test_generator_shows_noisy_images_too():
    assert noise(InstanceNoise(0.5), player="generator")[1].std() == pytest.approx(0.5, rel=0.05)


@pytest.mark.parametrize("stddev", [-0.1, "much"])
def test_refuses(stddev):
    with pytest.raises(ValueError, match="received: stddev="):
        InstanceNoise(stddev)
