"""What the base class refuses, and the few numbers that are its own."""

import keras
import numpy as np
import pytest
from keras import layers

from keras_gans import data
from keras_gans.models import GAN, NSGAN, WGAN, WGANGP
from keras_gans.penalties import InterpolatedGradient
from keras_gans.testing import tiny

# ---- What each paper says.


@pytest.mark.parametrize(
    ("name", "objective", "steps", "penalty", "optimizer", "rate"),
    [
        ("GAN", "minimax", 1, None, "adam", 2e-4),
        ("NSGAN", "non_saturating", 1, None, "adam", 2e-4),
        ("LSGAN", "least_squares", 1, None, "adam", 2e-4),
        ("WGAN", "wasserstein", 5, None, "rmsprop", 5e-5),
        ("WGANGP", "wasserstein", 5, "interpolated_gradient", "adam", 1e-4),
        ("DRAGAN", "non_saturating", 1, "perturbed_gradient", "adam", 1e-4),
        ("HingeGAN", "hinge", 5, None, "adam", 2e-4),
        ("FGAN", "f_divergence", 1, None, "adam", 2e-4),
        ("ConditionalGAN", "non_saturating", 1, None, "adam", 2e-4),
        ("ACGAN", "non_saturating", 1, None, "adam", 2e-4),
        ("ProjectionGAN", "hinge", 5, None, "adam", 2e-4),
        ("InfoGAN", "non_saturating", 1, None, "adam", 1e-3),
        ("SemiSupervisedGAN", "non_saturating", 1, None, "adam", 3e-4),
    ],
)
def test_recipes(name, objective, steps, penalty, optimizer, rate):
    import keras_gans

    model = tiny.game(getattr(keras_gans, name))
    assert (model.objective.registered_name, model.discriminator_steps) == (objective, steps)
    assert [part.registered_name for part in model.penalties] == ([penalty] if penalty else [])
    assert model.discriminator_optimizer.name.replace("_", "").startswith(optimizer)
    assert float(model.generator_optimizer.learning_rate) == pytest.approx(rate)


def test_wgan_clips_the_critic():
    model = tiny.game(WGAN)
    model.fit(tiny.images(40), batch_size=8, verbose=0)
    assert max(float(np.abs(weight).max()) for weight in model.discriminator.get_weights()) <= 0.01


def test_lazy_penalty_is_evaluated_at_each_kth_step_with_k_times_the_weight():
    """Two steps of D with every=2: the tracked mean is half of 2 w p, p of the first step alone."""
    lazy = tiny.game(WGANGP, penalties=[InterpolatedGradient(10.0, every=2)], discriminator_steps=2)
    lazy.fit(tiny.images(16), batch_size=8, shuffle=False, verbose=0)
    eager = tiny.game(WGANGP, discriminator_steps=1)
    eager.fit(tiny.images(8), batch_size=8, shuffle=False, verbose=0)
    tracked = [float(model.trackers["interpolated_gradient"].result()) for model in (lazy, eager)]
    assert tracked[0] == pytest.approx(tracked[1], rel=1e-5)


def test_averaged_generator_is_the_moving_average():
    model = tiny.game(NSGAN, ema_momentum=0.75)
    path = [model.generator.get_weights()]
    for _ in range(2):
        model.fit(tiny.images(8), batch_size=8, verbose=0)
        path.append(model.generator.get_weights())
    averaged = model.averaged_generator()
    # Keras starts the average with the weights after the first step.
    expected = 0.75 * path[1][0] + 0.25 * path[2][0]
    np.testing.assert_allclose(averaged.get_weights()[0], expected, rtol=1e-5)
    np.testing.assert_array_equal(averaged.get_weights()[-1].shape, model.generator.get_weights()[-1].shape)


def test_weight_file_groups_are_frozen(tmp_path):
    """The names of a file format: changing them would orphan every checkpoint that there is."""
    import h5py

    tiny.game(WGANGP).save_weights(tmp_path / "game.weights.h5")
    with h5py.File(tmp_path / "game.weights.h5") as file:
        groups = ["discriminator", "discriminator_optimizer", "generator", "generator_optimizer", "vars"]
        assert sorted(file) == groups and list(file["vars"]) == ["seed_0"]


def test_steps_per_execution():
    one, several = (tiny.game(NSGAN, steps_per_execution=steps) for steps in (1, 3))
    for model in (one, several):
        model.fit(data.load(tiny.images(96), batch_size=8), epochs=2, verbose=0)
    np.testing.assert_allclose(one.generator.get_weights()[0], several.generator.get_weights()[0], rtol=1e-5)
    assert int(several.generator_optimizer.iterations) == 24


def test_learning_rate_scheduler_reaches_both_players():
    model = tiny.game(GAN)
    schedule = keras.callbacks.LearningRateScheduler(lambda epoch, rate: rate / 2)
    model.fit(tiny.images(8), batch_size=8, epochs=2, verbose=0, callbacks=[schedule])
    rates = [float(optimizer.learning_rate) for optimizer in (model.generator_optimizer, model.discriminator_optimizer)]
    assert rates == pytest.approx([5e-5, 5e-5])


# ---- What is refused, in one sentence, before training starts.


def test_refuses_networks_of_different_shapes():
    with pytest.raises(ValueError, match=r"Expected a discriminator .*\(8, 8, 1\), received .*\(4, 4, 1\)"):
        NSGAN(tiny.generator(), tiny.discriminator(image_shape=(4, 4, 1)))


@pytest.mark.parametrize("end", [layers.Dense(1, activation="sigmoid"), layers.Activation("sigmoid")])
def test_refuses_a_sigmoid_at_the_end_of_the_discriminator(end):
    network = keras.Sequential([keras.Input(tiny.IMAGE_SHAPE), layers.Flatten(), layers.Dense(1), end])
    with pytest.raises(ValueError, match="Expected unbounded scores .* sigmoid"):
        NSGAN(tiny.generator(), network)


def test_refuses_what_is_no_network():
    with pytest.raises(TypeError, match="Expected a keras.Model as generator, received: generator='dcgan'"):
        NSGAN("dcgan", tiny.discriminator())


def test_refuses_batch_normalization_with_a_penalty_per_example():
    model = WGANGP(tiny.generator(), tiny.discriminator(batch_normalization=True))
    with pytest.raises(ValueError, match="'interpolated_gradient' is per example.*normalization=None"):
        model.compile()
    model.compile(penalties=[])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"objective": "wassertsein"}, "nearest: wasserstein"),
        ({"penalties": ["interpolated"]}, "nearest: interpolated_gradient"),
        ({"objective": 3}, "Expected the name of a registered objective"),
        ({"penalties": "real_gradient"}, "Expected a list of names or penalty objects, received: penalties='real_grad"),
        ({"tricks": 5}, "Expected a list of names or trick objects, received: tricks=5"),
        ({"discriminator_steps": 0}, "received: discriminator_steps=0"),
        ({"discriminator_steps": 2.5}, "received: discriminator_steps=2.5"),
        ({"ema_momentum": 1.0}, "received: ema_momentum=1.0"),
        ({"ema_momentum": "x"}, r"number in \(0, 1\), received: ema_momentum='x'"),
    ],
)
def test_compile_refuses(arguments, message):
    with pytest.raises((TypeError, ValueError), match=message):
        tiny.game(NSGAN, **arguments)


@pytest.mark.parametrize(
    ("images", "message"),
    [
        (tiny.images(16)[:, :4], "shape .*8, 8, 1.*received"),
        (tiny.images(16) * 200.0, "255|range"),
        (np.full((16, *tiny.IMAGE_SHAPE), np.nan, "float32"), "NaN|finite"),
        (np.zeros((16, *tiny.IMAGE_SHAPE), "uint8"), "uint8"),
        (np.zeros((16, *tiny.IMAGE_SHAPE), "int64"), "int64"),
        (tiny.images(3), "at least 5 images"),
    ],
    ids=["shape", "range", "NaN", "uint8", "int64", "too few"],
)
@pytest.mark.parametrize("form", ["array", "dataset"])
def test_fit_refuses(images, message, form):
    import tensorflow as tf

    model = tiny.game(WGANGP)
    x = images if form == "array" else tf.data.Dataset.from_tensor_slices(images).batch(16)
    with pytest.raises((TypeError, ValueError), match=message) as error:
        model.fit(x, verbose=0)
    assert "\n" not in str(error.value)


def test_fit_refuses_an_empty_data_set():
    import tensorflow as tf

    empty = tf.data.Dataset.from_tensor_slices(tiny.images(4)).batch(8, drop_remainder=True)
    with pytest.raises(ValueError, match="at least one batch"):
        tiny.game(NSGAN).fit(empty, verbose=0)


@pytest.mark.parametrize("arguments", [{}, {"n": 1, "seeds": [1]}, {"seeds": []}, {"seeds": [-1]}])
def test_sample_refuses(arguments):
    with pytest.raises(ValueError, match="Expected"):
        tiny.game(NSGAN).sample(**arguments)


def test_a_step_of_the_discriminator_has_one_power_iteration():
    """D is called on real and on generated images; u is that of a single iteration, and both calls share sigma."""
    from keras_gans.networks import DCGANDiscriminator
    from keras_gans.networks.layers import SpectralNormalization

    judge = DCGANDiscriminator((16, 16, 1), width=1 / 16, normalization="spectral")
    game = NSGAN(tiny.generator(image_shape=(16, 16, 1)), judge)
    game.compile(discriminator_optimizer="sgd", penalties=["real_gradient"])
    (layer, *_) = [layer for layer in judge.layers if isinstance(layer, SpectralNormalization)]
    matrix, u = (keras.ops.convert_to_numpy(value) for value in (layer.kernel_matrix(), layer.u))
    game.fit(tiny.images(8, (16, 16, 1)), batch_size=8, verbose=0)
    expected = matrix @ matrix.T @ u
    np.testing.assert_allclose(
        keras.ops.convert_to_numpy(layer.u), expected / np.linalg.norm(expected), rtol=1e-4, atol=1e-5
    )


def test_generator_steps_are_counted():
    game = tiny.game(NSGAN, generator_steps=3, discriminator_steps=2)
    game.fit(tiny.images(32), batch_size=8, verbose=0)
    assert int(game.generator_optimizer.iterations) == 6 and int(game.discriminator_optimizer.iterations) == 4
