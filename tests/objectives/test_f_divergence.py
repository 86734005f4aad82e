"""The table of f-GAN, row by row, against the definitions that it comes from."""

import math

import numpy as np
import pytest
from keras import ops

from keras_gans import backend
from keras_gans.objectives import FDivergence, Minimax, NonSaturating
from keras_gans.objectives.f_divergence import DIVERGENCES, LARGEST_EXPONENT, exponential

# f(u), f'(u), g(v) and f*(t) as the paper prints them (g of reverse_kl and squared_hellinger made increasing).
TABLE = {
    "kl": (lambda u: u * np.log(u), lambda u: np.log(u) + 1, lambda v: v, lambda t: np.exp(t - 1)),
    "reverse_kl": (lambda u: -np.log(u), lambda u: -1 / u, lambda v: -np.exp(-v), lambda t: -1 - np.log(-t)),
    "pearson": (lambda u: (u - 1) ** 2, lambda u: 2 * (u - 1), lambda v: v, lambda t: t**2 / 4 + t),
    "squared_hellinger": (
        lambda u: (np.sqrt(u) - 1) ** 2,
        lambda u: 1 - 1 / np.sqrt(u),
        lambda v: 1 - np.exp(-v),
        lambda t: t / (1 - t),
    ),
    "jensen_shannon": (
        lambda u: u * np.log(u) - (u + 1) * np.log((u + 1) / 2),
        lambda u: np.log(2 * u / (u + 1)),
        lambda v: np.log(2) - np.log1p(np.exp(-v)),
        lambda t: -np.log(2 - np.exp(t)),
    ),
    "gan": (
        lambda u: u * np.log(u) - (u + 1) * np.log(u + 1),
        lambda u: np.log(u / (u + 1)),
        lambda v: -np.log1p(np.exp(-v)),
        lambda t: -np.log(1 - np.exp(t)),
    ),
}
SCORES = np.linspace(-6.0, 6.0, 49)


def evaluate(function, scores):
    return ops.convert_to_numpy(function(ops.convert_to_tensor(scores, dtype="float32")))


@pytest.fixture(params=DIVERGENCES)
def name(request):
    return request.param


def test_the_composed_row_is_the_printed_one(name):
    _, _, activation, conjugate = TABLE[name]
    np.testing.assert_allclose(evaluate(DIVERGENCES[name].activation, SCORES), activation(SCORES), rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(
        evaluate(DIVERGENCES[name].conjugate, SCORES), conjugate(activation(SCORES)), rtol=1e-5, atol=1e-5
    )


def test_the_bound_is_tight(name):
    # f(u) = max over t of u t - f*(t), at t = f'(u): so F is D_f where D is the best.
    f, _, _, _ = TABLE[name]
    scores = np.linspace(-8.0, 8.0, 16001)
    activation, conjugate = (evaluate(getattr(DIVERGENCES[name], part), scores) for part in ("activation", "conjugate"))
    for ratio in (0.1, 0.5, 1.0, 2.0, 5.0):
        best = np.max(ratio * activation.astype("float64") - conjugate)
        assert best == pytest.approx(f(ratio), abs=1e-4), f"f({ratio})"


def test_the_undecided_output_is_the_threshold(name):
    # g(v) = f'(1) at the undecided score, and there T - f*(T) = f(1): 0, for "gan" -log 4.
    f, slope, _, _ = TABLE[name]
    score = [DIVERGENCES[name].undecided_score]
    output = evaluate(DIVERGENCES[name].activation, score)
    np.testing.assert_allclose(output, [slope(1.0)], atol=1e-6)
    value = output - evaluate(DIVERGENCES[name].conjugate, score)
    np.testing.assert_allclose(value, [-math.log(4.0) if name == "gan" else 0.0], atol=1e-6)
    assert value == pytest.approx(f(1.0), abs=1e-6)


def test_the_losses_are_the_two_parts_of_the_bound(name):
    activation, conjugate = (evaluate(getattr(DIVERGENCES[name], part), SCORES) for part in ("activation", "conjugate"))
    scores = ops.convert_to_tensor(SCORES, dtype="float32")
    objective = FDivergence(name)
    mine = ops.convert_to_numpy(objective.discriminator_loss(scores, scores))
    np.testing.assert_allclose(mine, conjugate - activation, rtol=1e-5, atol=1e-5)
    np.testing.assert_allclose(ops.convert_to_numpy(objective.generator_loss(scores)), -activation, rtol=1e-6)
    high = SCORES >= DIVERGENCES[name].lowest_score
    saddle = ops.convert_to_numpy(FDivergence(name, saddle_point=True).generator_loss(scores))
    np.testing.assert_allclose(saddle[high], -conjugate[high], rtol=1e-6)
    assert np.all(np.diff(saddle) <= 1e-6), "G must never be paid for lower scores"


def test_gan_is_goodfellows():
    real, fake = (ops.convert_to_tensor(scores, dtype="float32") for scores in (SCORES, SCORES[::-1].copy()))
    for other, mine in ((NonSaturating(), FDivergence("gan")), (Minimax(), FDivergence("gan", saddle_point=True))):
        for loss, expected in (
            (mine.discriminator_loss(real, fake), other.discriminator_loss(real, fake)),
            (mine.generator_loss(fake), other.generator_loss(fake)),
        ):
            np.testing.assert_allclose(ops.convert_to_numpy(loss), ops.convert_to_numpy(expected), rtol=1e-5, atol=1e-6)


def test_exponential_goes_on_as_its_tangent():
    points = np.array([-1e4, 0.0, 10.0, 19.999, 20.0, 20.001, 25.0, 1e4], "float32")
    expected = np.where(points <= LARGEST_EXPONENT, np.exp(np.minimum(points, 20.0)), np.exp(20.0) * (points - 19.0))
    np.testing.assert_allclose(evaluate(exponential, points), expected, rtol=1e-5)
    slope = ops.convert_to_numpy(backend.input_gradient(exponential, ops.convert_to_tensor(points)))
    np.testing.assert_allclose(slope, np.exp(np.minimum(points, 20.0)), rtol=1e-5)


def test_unknown_divergence():
    with pytest.raises(ValueError, match="received: 'pearsons' .*nearest: pearson"):
        FDivergence("pearsons")
