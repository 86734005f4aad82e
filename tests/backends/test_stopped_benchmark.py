"""A benchmark's run that is stopped goes on at its last snapshot, on every backend."""

import numpy as np
import pytest

from keras_gans.benchmarks import contestant, mode_coverage, strips
from keras_gans.benchmarks.points import RingBenchmark

SETTINGS = {"steps": 12, "snapshots": 3, "samples": 50, "width": 0.02, "batch_size": 10}


class Stopping(RingBenchmark):
    """Is interrupted when its second picture is drawn; its figures say which weights a game ends with."""

    figures = {"weights": "lower", "averages": "lower"}
    looks = 0

    def picture(self, game):
        Stopping.looks += 1
        if Stopping.looks == 2:
            raise KeyboardInterrupt
        return super().picture(game)

    def evaluate(self, game):
        groups = {"weights": game.variables, "averages": game.optimizer.variables}
        return {name: float(sum(np.abs(variable.numpy()).sum() for variable in of)) for name, of in groups.items()}


@pytest.mark.parametrize("name", ["hinge_gan[ema_momentum=0.9]", "pac_gan[packing=2]"])
def test_a_run_that_is_stopped_goes_on(tmp_path, monkeypatch, name):
    """Weights, averages, optimizers, states of random seeds and the place in the data, to the last bit."""
    protocol, one, out = Stopping(**SETTINGS), contestant.parse(name), tmp_path / "ring.json"
    monkeypatch.setattr(Stopping, "looks", 3)
    whole, pictures = protocol.run(one, seed=2)
    monkeypatch.setattr(Stopping, "looks", 0)
    with pytest.raises(KeyboardInterrupt):
        mode_coverage.run(protocol, [one], runs=1, out=out, first_seed=2)
    [state] = (tmp_path / "ring-strips").iterdir()
    with pytest.raises(ValueError, match=r"Expected the state of wgan from seeds 0 .* received .* from seeds 2 by"):
        protocol.run(contestant.parse("wgan"), 0, state=state)
    [run] = mode_coverage.run(protocol, [one], runs=1, out=out, first_seed=2).runs
    assert Stopping.looks == 4, "the first picture was kept"
    assert {**run, **whole, "seconds": run["seconds"]} == run
    [strip] = (tmp_path / "ring-strips").iterdir()
    np.testing.assert_array_equal(strips.load(strip, pictures[0].shape[0]), pictures)
