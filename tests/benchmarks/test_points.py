"""Protocols in the plane: their figures on points that are known, and networks of the published sizes."""

import numpy as np
import pytest

from keras_gans.benchmarks import contestant, protocols
from keras_gans.benchmarks.points import GridBenchmark, RingBenchmark, SwissRollBenchmark


class Stub:
    """A game that samples what it was given."""

    def __init__(self, points):
        self.points = points

    def sample(self, n):
        return self.points[:n]


@pytest.mark.parametrize(
    ("protocol", "modes"), [(RingBenchmark(), 8), (GridBenchmark(), 25), (SwissRollBenchmark(), 20)]
)
def test_real_points_have_the_figures_of_a_perfect_model(protocol, modes):
    """In the plane 98.9 % lie within three standard deviations of a mode; of a curve a little more do."""
    figures = protocol.evaluate(Stub(protocol.source.sample(2500, seed=3)[0]))
    assert figures["modes"] == modes
    assert figures["high_quality"] == pytest.approx(0.99, abs=0.008)
    assert figures["reverse_kl"] < 0.01


def test_half_of_the_swiss_roll_is_half_of_its_arcs():
    protocol = SwissRollBenchmark()
    points, _ = protocol.source.sample(20_000, seed=3)
    inner = points[np.linalg.norm(points, axis=1) * 7.5 < 3.0 * np.pi]
    figures = protocol.evaluate(Stub(inner))
    # Noise brings a few points over the border into the next arcs.
    assert 10 <= figures["modes"] <= 12 and figures["reverse_kl"] == pytest.approx(np.log(2.0), abs=0.1)
    assert protocol.evaluate(Stub(points + 10.0))["modes"] == 0


def test_networks_have_pacgans_sizes():
    """G: kernels without biases, gain and offset of four normalizations, a last layer; D: (2 m + 1) 1000, ..."""
    game = RingBenchmark().build(contestant.parse("pac_gan[packing=4]"), seed=0)
    assert sum(np.prod(w.shape) for w in game.generator.trainable_weights) == 800 + 3 * 400**2 + 3200 + 802
    assert game.discriminator.count_params() == 9 * 1000 + 2 * 201 * 1000 + 201
    optimizer = game.discriminator_optimizer
    assert float(optimizer.learning_rate) == pytest.approx(1e-4) and optimizer.beta_1 == 0.8


def test_games_that_need_a_lipschitz_critic_keep_their_optimizers():
    game = RingBenchmark(width=0.05).build(contestant.parse("wgan"), seed=0)
    assert type(game.discriminator_optimizer).__name__ == "RMSprop"


def test_wgan_gp_has_the_penalty_of_its_own_experiments_with_points():
    game = RingBenchmark(steps=8).build(contestant.parse("wgan_gp"), 0)
    assert game.penalties[0].weight == 0.1 and game.discriminator_optimizer.beta_1 == 0.5
    game = RingBenchmark(steps=8).build(contestant.parse('wgan_gp[penalties=["real_gradient"]]'), 0)
    assert game.penalties[0].registered_name == "real_gradient"


def test_spectral_normalization_reaches_the_discriminator():
    game = RingBenchmark(width=0.05).build(contestant.parse("hinge_gan"), seed=0)
    wrapped = [layer for layer in game.discriminator.layers if "spectral" in type(layer).__name__.lower()]
    assert len(wrapped) == 4


def test_settings():
    protocol = protocols.get("grid", settings=["steps=80", "width=1"])
    assert (protocol.steps, protocol.width, protocol.name) == (80, 1.0, "grid")
    for settings, message in (
        (["step=8"], "steps"),
        (["steps=x"], "steps='x'"),
        (["steps=81"], "multiple of snapshots"),
    ):
        with pytest.raises(ValueError, match=message):
            protocols.get("grid", settings=settings)
    with pytest.raises(ValueError, match="ring"):
        protocols.get("rings")
    with pytest.raises(ValueError, match="pacgan"):
        protocols.get("ring", "pacman")


def test_an_epoch_is_every_point_once_in_another_order():
    protocol = GridBenchmark()
    points = protocol.source.arrays("train")[0]
    batches = list(protocol.dataset(10_000, seed=5).take(20).as_numpy_iterator())
    assert batches[0].shape == (10_000, 2)
    first, second = np.concatenate(batches[:10]), np.concatenate(batches[10:])
    assert not np.array_equal(first, second)
    for epoch in (first, second):
        np.testing.assert_array_equal(np.unique(epoch, axis=0), np.unique(points, axis=0))
    again = next(protocol.dataset(10_000, seed=5).as_numpy_iterator())
    other = next(protocol.dataset(10_000, seed=6).as_numpy_iterator())
    assert np.array_equal(again, batches[0]) and not np.array_equal(other, batches[0])


def test_long_runs_are_compiled():
    for steps, compiled in ((20_000, True), (80, False)):
        game = RingBenchmark(steps=steps, width=0.05).build(contestant.parse("ns_gan"), seed=0)
        assert game.jit_compile is compiled
