"""The arithmetic of the speed benchmark: what is counted, what is compared, what is reported. No time is asserted."""

import functools
import importlib.util
import json

import keras
import numpy as np
import pytest
from typer.testing import CliRunner

if keras.backend.backend() != "tensorflow":
    pytest.skip("TensorFlow is what the others are compared with", allow_module_level=True)

from keras_gans.benchmarks import speed
from keras_gans.benchmarks.speed import fit, flops, gemm, keras_io, measure, plain, slopes, small, targets
from keras_gans.benchmarks.speed.case import LECTURE, WASSERSTEIN, Case, PointsCase
from keras_gans.benchmarks.speed.seat import Place, Seat

# Without dropout and batch normalization in D, whose random numbers and statistics the contestants draw in their order.
TINY = {"image_size": 8, "width": 1 / 16, "discriminator": {"dropout": 0.0}}
GAMES = [
    Case("a tiny game", "ns_gan", 4, **TINY),
    Case("a tiny critic", "wgan_gp", 4, **TINY, discriminator_steps=2),
]

GENERATOR = [100 * 12544, 25 * 256 * 128 * 49, 25 * 128 * 64 * 49, 25 * 64 * 196]
DISCRIMINATOR = [25 * 64 * 196, 25 * 64 * 128 * 49, 6272]


def test_multiply_adds_of_the_layers():
    generator, discriminator = (flops.work(network) for network in LECTURE.players())
    assert generator.forward == generator.to_input == sum(GENERATOR) == 51_744_000
    assert generator.to_first == sum(GENERATOR[1:])
    assert discriminator.forward == sum(DISCRIMINATOR) == 10_355_072
    assert discriminator.to_first == sum(DISCRIMINATOR[1:]) and discriminator.to_last == sum(DISCRIMINATOR[:-1])


def test_operations_of_a_step():
    g, d, first, last = 51_744_000, 10_355_072, 313_600, 6272
    update = g + 2 * (d + d + d - first)
    update_generator = g + d + d + g + (g - 1_254_400)
    assert flops.step(LECTURE) == 2 * 128 * (update + update_generator)
    penalty = d + d + d + (d - last)
    assert flops.step(WASSERSTEIN) == 2 * 64 * (5 * (update + penalty) + update_generator)


def _shared(shape, *_, **__):
    """The same numbers for the same shape, whoever asks."""
    draw = np.random.default_rng(0).uniform(0.0, 1.0, [int(size) for size in shape]).astype("float32")
    return keras.ops.convert_to_tensor(draw)


@pytest.mark.parametrize("case", GAMES, ids=lambda case: case.game)
def test_all_contestants_of_tensorflow_do_the_same(case, monkeypatch):
    import tensorflow as tf

    # The critic's second batch is the first again: keras.io's style has no other.
    rows = case.images(1, case.batch_size)
    monkeypatch.setattr(Case, "images", lambda self, batches, size: np.concatenate([rows] * (batches * size // 4)))
    for module in (tf.random, keras.random):
        for name in ("normal", "uniform"):
            monkeypatch.setattr(module, name, _shared)
    contestants = [module.Contestant(case) for module in (fit, plain, keras_io)]
    before = [weight.numpy() for weight in contestants[1].discriminator.trainable_variables]
    for contestant in contestants:
        contestant.train(1)
    ours, *others = [getattr(contestant, "model", contestant) for contestant in contestants]
    for player in ("generator", "discriminator"):
        for other in others:
            pairs = zip(getattr(ours, player).trainable_variables, getattr(other, player).trainable_variables)
            for mine, theirs in pairs:
                np.testing.assert_allclose(mine.numpy(), theirs.numpy(), rtol=1e-4, atol=1e-6)
    assert any(np.abs(a - b.numpy()).max() > 1e-5 for a, b in zip(before, ours.discriminator.trainable_variables))


@pytest.mark.skipif(importlib.util.find_spec("torch") is None, reason="PyTorch is a contestant")
@pytest.mark.parametrize("channels_last", [False, True])
@pytest.mark.parametrize("case", GAMES, ids=lambda case: case.game)
def test_pytorch_has_the_same_networks_and_trains_them(case, channels_last):
    from keras_gans.benchmarks.speed import pytorch

    contestant = pytorch.Contestant(case, channels_last=channels_last)
    players = contestant.generator, contestant.discriminator
    for network, keras_network in zip(players, case.players()):
        sizes = [sorted(value.numel() for value in network.parameters())]
        assert sizes == [sorted(int(np.prod(value.shape)) for value in keras_network.trainable_variables)]
    before = [[value.detach().clone() for value in network.parameters()] for network in players]
    assert contestant.train(1).seconds > 0
    for network, old in zip(players, before):
        # The bias of a critic's score cancels in real minus fake.
        kernels = [(was, now) for was, now in zip(old, network.parameters()) if was.ndim > 1]
        assert all(not was.equal(now) and now.isfinite().all() for was, now in kernels)


def test_pytorch_refuses_other_networks():
    pytorch = pytest.importorskip("keras_gans.benchmarks.speed.pytorch")
    with pytest.raises(ValueError, match="Expected a case on dcgan_lecture, received: network='dcgan'"):
        pytorch.Contestant(Case("", "ns_gan", 4, network="dcgan"))


def test_bfloat16_is_the_networks_alone_and_ends_with_them():
    contestant = fit.Contestant(GAMES[0], precision="bfloat16")
    assert contestant.model.generator.layers[1].compute_dtype == "bfloat16"
    assert keras.config.dtype_policy().name == "float32"


def test_command(tmp_path, monkeypatch):
    from keras_gans.commands.bench import app

    monkeypatch.setattr(gemm, "SIZE", 16)
    monkeypatch.setattr(measure, "CASES", GAMES[:1])
    monkeypatch.setattr(measure, "_importable", lambda kind: kind != "pytorch")
    monkeypatch.setattr(small, "CASES", [PointsCase("tiny points", "ns_gan", 4, width=0.01)])
    monkeypatch.setattr(small, "EXECUTION", 2)
    sweep = slopes.Sweep("batch size", {size: Case("", "ns_gan", size, **TINY) for size in (2, 4)})
    monkeypatch.setattr(slopes, "sweeps", lambda: (sweep,))
    monkeypatch.setattr(speed, "run", functools.partial(measure.run, seat=Place))
    path = tmp_path / "figures.json"
    parts = [option for part in ("contestants", "small", "slopes") for option in ("--part", part)]
    printed = CliRunner().invoke(app, ["speed", "--blocks", "1", "--steps", "1", *parts, "--json", str(path)])
    assert printed.exit_code == 0, printed.output
    report = json.loads(path.read_text())
    case = report["contestants"]["a tiny game"]
    assert list(case["contestants"]) == [label for label in measure.CONTESTANTS if "PyTorch" not in label]
    assert set(case["left_out"]) == {"PyTorch eager", "PyTorch channels_last"}
    assert "PyTorch eager              left out: PyTorch is not installed" in printed.output
    rows = case["contestants"].values()
    assert all(row["images_per_second"] * row["seconds_per_step"] == pytest.approx(4) for row in rows)
    assert set(case["peak_gflops"]) == {"float32", "bfloat16"}
    ways = report["small"]["tiny points"]
    assert list(ways)[-1] == "fit, steps_per_execution=2, jit_compile" and ways["fit"]["against"]["fit"]["speed"] == 1
    assert report["slopes"]["batch size"]["values"] == [2, 4]
    assert "R^2" in printed.output and "steps/s" in printed.output


def test_targets_are_those_of_the_issue():
    assert [target.at_least for target in targets.TARGETS] == [1.0, 1.25, 1.45, 2.0, 0.97, 1.4, 3.0, 3.0, 3.0]
    for target in targets.TARGETS[:6]:
        assert {target.contestant, target.against} <= set(measure.CONTESTANTS)
    against = {"plain tf.function loop": {"speed": 0.99}, "PyTorch eager": {"speed": 1.25}}
    rows = targets.check({"contestants": {LECTURE.name: {"contestants": {"keras_gans float32": {"against": against}}}}})
    assert [(row["at_least"], row["measured"], row["met"]) for row in rows] == [(1.0, 0.99, False), (1.25, 1.25, True)]


def test_fit_of_a_line():
    line = slopes.fit([1, 2, 4], [5.0, 7.0, 11.0])
    assert line["slope"] == pytest.approx(2) and line["fixed"] == pytest.approx(3) and line["r2"] == pytest.approx(1)
    assert slopes.fit([1, 2, 4], [3.0, 12.0, 48.0])["exponent"] == pytest.approx(2)
    assert slopes.fit([1, 2, 3], [1.0, 3.0, 2.0])["r2"] == pytest.approx(0.25)


@pytest.mark.slow
def test_a_seat_is_a_process_of_its_own():
    seat = Seat("fit", GAMES[0], {})
    block = seat.train(1)
    seat.leave()
    assert block.seconds > 0 and block.cpu_seconds > 0 and block.peak_mib > 0
