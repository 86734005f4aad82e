import numpy as np
import pytest
from keras import ops

from keras_gans.models import NSGAN
from keras_gans.testing import tiny
from keras_gans.tricks import Shown, SparringPartners


def softplus(x):
    return np.log1p(np.exp(x))


def array(tensor):
    return np.array(ops.convert_to_numpy(tensor))


def test_generator_plays_against_a_past_discriminator():
    trick = SparringPartners(count=1, weight=0.5)
    model = tiny.game(NSGAN, tricks=[trick])
    fake = ops.convert_to_tensor(tiny.images(4))
    past = array(model.discriminator(fake))
    model.discriminator.set_weights([weight + 0.3 for weight in model.discriminator.get_weights()])
    present = model.discriminator.get_weights()
    losses = trick.losses(model, "generator", {"generator_loss": 0.0}, Shown(fake, fake))
    np.testing.assert_allclose(array(losses["sparring_loss"]), 0.5 * softplus(-past), rtol=1e-5)
    assert losses["generator_loss"] == 0.0
    for mine, weight in zip(present, model.discriminator.get_weights()):
        np.testing.assert_array_equal(mine, weight)
    assert trick.losses(model, "discriminator", {}, Shown(fake, fake)) == {}


def test_discriminator_sees_images_of_a_past_generator():
    trick = SparringPartners(of="generator", count=1, share=0.5)
    model = tiny.game(NSGAN, generator_batch_normalization=False, tricks=[trick])
    latents = model.sample_inputs(4)
    past = array(model.generator(latents))
    model.generator.set_weights([weight + 0.3 for weight in model.generator.get_weights()])
    present = array(model.generator(latents))
    shown = trick.shown(model, "discriminator", Shown(present, ops.convert_to_tensor(present), None, latents))
    np.testing.assert_allclose(array(shown.fake), np.concatenate([past[:2], present[2:]]), rtol=1e-5, atol=1e-6)
    assert np.abs(past - present).max() > 0.01
    assert "sparring_loss" not in model.tracked()


def test_the_last_snapshots_are_kept():
    """Every second step of D: after steps 2, 4 and 6 the two places hold the weights of steps 6 and 4."""
    trick = SparringPartners(count=2, every=2)
    model = tiny.game(NSGAN, tricks=[trick], discriminator_optimizer="sgd", run_eagerly=True)
    path = []
    for _ in range(6):
        model.fit(tiny.images(4), batch_size=4, verbose=0)
        path.append(model.discriminator.get_weights()[0])
    kept = array(trick.snapshots[0])
    np.testing.assert_array_equal(kept[0], path[3])
    np.testing.assert_array_equal(kept[1], path[5])


@pytest.mark.parametrize("arguments", [{"of": "both"}, {"count": 0}, {"every": 0}, {"share": 2}, {"weight": -1}])
def test_refuses(arguments):
    with pytest.raises(ValueError, match="received: .*"):
        SparringPartners(**arguments)
