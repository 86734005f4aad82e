"""Several seeds as one program, on JAX, are the runs one by one."""

import keras
import numpy as np
import pytest

from keras_gans.benchmarks import contestant, mode_coverage, vectorized
from keras_gans.benchmarks.points import RingBenchmark

pytestmark = pytest.mark.skipif(keras.backend.backend() != "jax", reason="only JAX vectorizes")

SEEDS = [3, 5]


class Keeping(RingBenchmark):
    """Its figures say which weights the games end with."""

    figures = {"generator": "lower", "discriminator": "lower"}

    def evaluate(self, game):
        players = {"generator": game.generator, "discriminator": game.discriminator}
        return {name: float(sum(np.abs(w).sum() for w in network.get_weights())) for name, network in players.items()}


@pytest.mark.parametrize("name", ["wgan_gp", "hinge_gan", "unrolled_gan[unrolled_steps=2]", "pac_gan[packing=2]"])
def test_seeds_together_are_the_seeds_one_by_one(name):
    """Random numbers, data, penalties, power iterations, moving statistics and both optimizers."""
    protocol, one = Keeping(steps=12, snapshots=2, samples=50, width=0.02, batch_size=10), contestant.parse(name)
    together = vectorized.run(protocol, one, SEEDS)
    for seed, (result, pictures) in zip(SEEDS, together):
        alone, pictures_alone = protocol.run(one, seed)
        assert result["seed"] == seed and not result["diverged"]
        for figure in Keeping.figures:
            assert result[figure] == pytest.approx(alone[figure], rel=1e-5)
        if seed == SEEDS[0]:
            assert len(pictures) == 2 and np.mean(np.array(pictures) == np.array(pictures_alone)) > 0.99
    assert len({result["generator"] for result, _ in together}) == 2


def test_a_program_that_is_stopped_goes_on(tmp_path, monkeypatch):
    protocol, one = Keeping(steps=12, snapshots=3, samples=50, width=0.02, batch_size=10), contestant.parse("wgan_gp")
    whole = vectorized.run(protocol, one, SEEDS)
    pictures = []

    def stop(self, game):
        pictures.append(RingBenchmark.picture(self, game))
        if len(pictures) == 3:
            raise KeyboardInterrupt
        return pictures[-1]

    out = tmp_path / "ring.json"
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(Keeping, "picture", stop)
        mode_coverage.run(protocol, [one], runs=3, first_seed=SEEDS[0], out=out, vectorize=True)
    assert [path.suffix for path in (tmp_path / "ring-strips").iterdir()] == [".state"]
    state = next((tmp_path / "ring-strips").iterdir())
    longer = Keeping(steps=24, snapshots=3, samples=50, width=0.02, batch_size=10)
    for other, seeds in ((protocol, SEEDS), (longer, [3, 4, 5])):
        with pytest.raises(
            ValueError, match="Expected the state of wgan_gp from seeds .* received wgan_gp from seeds 3, 4"
        ):
            vectorized.run(other, one, seeds, state=state)
    damaged = tmp_path / "damaged.state"
    for content in (b"", b"junk", state.read_bytes()[:-100], state.read_bytes()[:200]):
        damaged.write_bytes(content)
        with pytest.raises(ValueError, match="received something else, or damaged: remove .*damaged.state"):
            vectorized.run(protocol, one, [3, 4, 5], state=damaged)
    damaged.unlink()
    with monkeypatch.context() as patch:
        patch.setattr(Keeping, "picture", lambda self, game: pictures.append(None) or RingBenchmark.picture(self, game))
        record = mode_coverage.run(protocol, [one], runs=3, first_seed=SEEDS[0], out=out, vectorize=True)
    assert len(pictures) == 4, "two snapshots were kept, the last alone was trained again"
    first, _ = whole[0]
    assert record.runs[0]["generator"] == pytest.approx(first["generator"], rel=1e-6)
    assert {path.name for path in tmp_path.iterdir()} == {"ring.json", "ring.png", "ring-strips"}
    assert [path.suffix for path in (tmp_path / "ring-strips").iterdir()] == [".png"]


def test_a_seed_that_diverges_leaves_the_others_alone():
    protocol, one = Keeping(steps=8, snapshots=2, samples=50, width=0.02, batch_size=10), contestant.parse("ns_gan")
    build = protocol.build

    def building(contestant, seed):
        game = build(contestant, seed)
        if seed == SEEDS[1]:
            game.generator.trainable_variables[0].assign(np.nan * game.generator.trainable_variables[0])
        return game

    object.__setattr__(protocol, "build", building)
    results = [result for result, _ in vectorized.run(protocol, one, SEEDS)]
    assert [result["diverged"] for result in results] == [False, True]
    assert results[1]["generator"] is None and results[0]["generator"] > 0.0
