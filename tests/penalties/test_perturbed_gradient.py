import keras
import numpy as np
import pytest
from keras import ops

from keras_gans.penalties import PerturbedGradient

SHAPE = (500, 4, 4, 1)
REAL = 3.0 * np.random.default_rng(0).normal(size=SHAPE).astype("float32")


def noise(**arguments):
    points = PerturbedGradient(**arguments).points(ops.convert_to_tensor(REAL), None, keras.random.SeedGenerator(0))
    return (ops.convert_to_numpy(points) - REAL).reshape(500, 16)


def half_square(images):
    return 0.5 * ops.sum(ops.square(images), axis=(1, 2, 3))


@pytest.mark.parametrize("kind", ["uniform", "normal"])
def test_without_noise_it_is_the_penalty_at_x(kind):
    # The gradient of |x|^2 / 2 is x.
    values = PerturbedGradient(noise=kind, scale=0.0)(half_square, ops.convert_to_tensor(REAL), None, seed=0)
    norms = np.sqrt(np.sum(REAL**2, axis=(1, 2, 3)))
    np.testing.assert_allclose(ops.convert_to_numpy(values), 10.0 * (norms - 1.0) ** 2, rtol=1e-4)


def test_uniform_noise_is_the_released_codes():
    # u e times half the deviation of the batch, u per example, e per pixel: 0 <= delta < 1.5, E delta = 1.5 / 4.
    delta = noise()
    assert delta.min() >= -1e-5 and delta.max() <= 0.5 * REAL.std() + 1e-5
    assert delta.mean() == pytest.approx(0.5 * REAL.std() / 4.0, rel=0.1)
    # An example's largest pixel shows its u, whose deciles are those of U[0, 1]; its pixels differ.
    size = delta.max(axis=1) / (0.5 * REAL.std()) * 17.0 / 16.0
    np.testing.assert_allclose(np.quantile(size, [0.25, 0.5, 0.75]), [0.25, 0.5, 0.75], atol=0.07)
    assert (delta.std(axis=1) > 0).all()


def test_uniform_noise_with_an_integer_seed_draws_two_numbers():
    # u and e from one seed must not be the same numbers: their first pixels would be squares.
    points = PerturbedGradient().points(ops.convert_to_tensor(REAL), None, 7)
    delta = (ops.convert_to_numpy(points) - REAL).reshape(500, 16) / (0.5 * REAL.std())
    assert delta[:, 0].mean() == pytest.approx(0.25, abs=0.04)


def test_normal_noise_is_the_papers():
    delta = noise(noise="normal", scale=2.0)
    assert delta.mean() == pytest.approx(0.0, abs=0.1) and delta.std() == pytest.approx(2.0, rel=0.05)


def test_bad_arguments():
    with pytest.raises(ValueError, match="received: 'normale' .*nearest: normal"):
        PerturbedGradient(noise="normale")
    with pytest.raises(ValueError, match="Expected a scale of at least 0, received: scale=-0.5"):
        PerturbedGradient(scale=-0.5)
    with pytest.raises(ValueError, match="Expected a gradient norm of at least 0, received: target=-1"):
        PerturbedGradient(target=-1)
