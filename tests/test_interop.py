"""TF-GAN imports on this TensorFlow, and is the oracle of every loss that both libraries have."""

import importlib
import sys

import keras
import numpy as np
import pytest

tf = pytest.importorskip("tensorflow")

from keras_gans import interop  # noqa: E402
from keras_gans.objectives import Hinge, LeastSquares, Minimax, NonSaturating, Relativistic, Wasserstein  # noqa: E402
from keras_gans.penalties import InterpolatedGradient  # noqa: E402

pytestmark = pytest.mark.skipif(keras.backend.backend() != "tensorflow", reason="TF-GAN speaks TensorFlow")

EACH = {"reduction": tf.compat.v1.losses.Reduction.NONE}


@pytest.fixture(scope="module")
def tfgan():
    return interop.tensorflow_gan()


@pytest.fixture(scope="module")
def losses(tfgan):
    return tfgan.losses.wargs


@pytest.fixture
def scores():
    draw = np.random.default_rng(0)
    return tuple(tf.constant(5.0 * draw.normal(size=(64, 1)), "float32") for _ in range(2))


def close(mine, theirs):
    # 1e-6, relative for losses above one: float32 cannot hold the sixth decimal of a loss of 100.
    np.testing.assert_allclose(mine, theirs, rtol=1e-6, atol=1e-6)


def test_import_leaves_tensorflow_as_it_was(tfgan):
    assert tfgan.__version__ == "2.1.0"
    assert not hasattr(tf, "estimator")
    assert interop.tensorflow_gan() is tfgan
    assert callable(tfgan.eval.frechet_classifier_distance_from_activations)


def test_missing_package(monkeypatch):
    monkeypatch.delitem(sys.modules, "tensorflow_gan", raising=False)
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ImportError, match="pip install tensorflow-gan"):
        interop.tensorflow_gan()


def test_failed_import_leaves_no_trace(monkeypatch):
    for name in [name for name in sys.modules if name.partition(".")[0] == "tensorflow_gan"]:
        monkeypatch.delitem(sys.modules, name)
    before = set(sys.modules)

    def broken(name):
        sys.modules["tensorflow_gan.python"] = sys
        raise RuntimeError("half way")

    monkeypatch.setattr(importlib, "import_module", broken)
    with pytest.raises(RuntimeError, match="half way"):
        interop.tensorflow_gan()
    assert set(sys.modules) == before and not hasattr(tf, "estimator")


@pytest.mark.parametrize("smoothing", [0.0, 0.2])
@pytest.mark.parametrize("cls", [Minimax, NonSaturating])
def test_cross_entropy_of_the_discriminator(losses, scores, cls, smoothing):
    # TF-GAN moves the target 1 by half of its label_smoothing.
    theirs = losses.minimax_discriminator_loss(*scores, label_smoothing=smoothing, **EACH)
    close(cls(real_target=1.0 - smoothing / 2.0).discriminator_loss(*scores), theirs)
    close(
        cls(real_target=1.0 - smoothing / 2.0).discriminator_loss(*scores),
        losses.modified_discriminator_loss(*scores, label_smoothing=smoothing, **EACH),
    )


def test_minimax_generator(losses, scores):
    # TF-GAN takes the real term at a score of 1 along: a constant.
    constant = -np.log1p(np.exp(-1.0))
    close(Minimax().generator_loss(scores[1]) + constant, losses.minimax_generator_loss(scores[1], **EACH))


def test_non_saturating_generator(losses, scores):
    close(NonSaturating().generator_loss(scores[1]), losses.modified_generator_loss(scores[1], **EACH))


@pytest.mark.parametrize(("fake", "real", "generator"), [(0.0, 1.0, 1.0), (-1.0, 1.0, 0.0), (0.1, 0.9, 0.9)])
def test_least_squares(losses, scores, fake, real, generator):
    objective = LeastSquares(fake_target=fake, real_target=real, generator_target=generator)
    theirs = losses.least_squares_discriminator_loss(*scores, real_label=real, fake_label=fake, **EACH)
    close(objective.discriminator_loss(*scores), theirs)
    close(
        objective.generator_loss(scores[1]),
        losses.least_squares_generator_loss(scores[1], real_label=generator, **EACH),
    )


def test_wasserstein(losses, scores):
    close(Wasserstein().discriminator_loss(*scores), losses.wasserstein_discriminator_loss(*scores, **EACH))
    close(Wasserstein().generator_loss(scores[1]), losses.wasserstein_generator_loss(scores[1], **EACH))


def test_hinge(losses, scores):
    close(Hinge().discriminator_loss(*scores), losses.wasserstein_hinge_discriminator_loss(*scores, **EACH))
    close(Hinge().generator_loss(scores[1]), losses.wasserstein_hinge_generator_loss(scores[1], **EACH))


def test_relativistic(losses, scores):
    real, fake = scores
    mine = Relativistic().discriminator_loss(real, fake), Relativistic().generator_loss(fake, real)
    close(tf.reduce_mean(mine[0]), losses.relativistic_discriminator_loss(real, fake))
    close(tf.reduce_mean(mine[1]), losses.relativistic_generator_loss(real, fake))


@pytest.mark.parametrize("one_sided", [False, True])
def test_gradient_penalty(losses, one_sided):
    # Both draw points of their own: where real and generated images are equal, there is but one point to draw.
    draw = np.random.default_rng(0)
    images = tf.constant(draw.normal(size=(16, 4, 4, 1)), "float32")
    hidden, last = (tf.constant(draw.normal(size=shape) / 2.0, "float32") for shape in ((16, 8), (8, 1)))

    def critic(images, _=None):
        return tf.tanh(tf.reshape(images, (-1, 16)) @ hidden) @ last

    @tf.function
    def theirs():
        return losses.wasserstein_gradient_penalty(
            images, images, None, critic, "critic", target=1.0, one_sided=one_sided, **EACH
        )

    penalty = InterpolatedGradient(weight=1.0, one_sided=one_sided)
    close(penalty(critic, images, images, seed=0), theirs())
