"""The runner: every run is kept, nothing is run twice, and a game that diverges is no crash."""

import json

import numpy as np
import pytest
from typer.testing import CliRunner

from keras_gans.benchmarks import contestant, mode_coverage, protocols, strips, vectorized
from keras_gans.benchmarks.points import RingBenchmark
from keras_gans.benchmarks.protocol import epochs
from keras_gans.benchmarks.record import Record
from keras_gans.cli import app

TINY = {"steps": 8, "snapshots": 2, "samples": 50, "width": 0.02, "batch_size": 10}


def test_finished_runs_are_kept_and_not_run_again(tmp_path):
    out, lines = tmp_path / "ring.json", []
    arguments = [f"--set={key}={value}" for key, value in TINY.items()]
    arguments = ["bench", "ring", "--game=ns_gan", "--game=pac_gan[packing=2]", f"--json={out}", *arguments]
    result = CliRunner().invoke(app, [*arguments, "--runs=1"])
    assert result.exit_code == 0, result.output
    assert "published: PacGAN2" in result.output
    report = json.loads(out.read_text())
    assert [(run["contestant"], run["seed"]) for run in report["runs"]] == [("ns_gan", 0), ("pac_gan[packing=2]", 0)]
    assert report["protocol"]["steps"] == 8 and report["summary"]["ns_gan"]["runs"] == 1
    assert {path.name for path in tmp_path.iterdir()} == {"ring.json", "ring.png", "ring-strips"}
    contestants = [contestant.parse("ns_gan"), contestant.parse("pac_gan[packing=2]")]
    record = mode_coverage.run(RingBenchmark(**TINY), contestants, runs=2, out=out, say=lines.append)
    assert len(lines) == 2 and all("seed 1" in line for line in lines)
    assert record.summary()["ns_gan"]["runs"] == 2
    with pytest.raises(FileExistsError, match="another file"):
        Record(out, RingBenchmark(**{**TINY, "steps": 16}))


def test_equal_seeds_give_equal_figures():
    protocol, one = RingBenchmark(**TINY), contestant.parse("ns_gan")
    (first, pictures), (second, others) = (protocol.run(one, seed=3) for _ in range(2))
    assert {**first, "seconds": 0} == {**second, "seconds": 0}
    np.testing.assert_array_equal(pictures, others)
    assert len(pictures) == 2 and pictures[0].shape == protocol.target().shape


def test_runs_at_once_are_the_runs_one_by_one(tmp_path):
    protocol, one, out = RingBenchmark(**TINY), contestant.parse("ns_gan"), tmp_path / "ring.json"
    record = mode_coverage.run(protocol, [one], runs=2, out=out, say=lambda line: None, jobs=2)
    assert {run["seed"] for run in record.runs} == {0, 1} and (tmp_path / "ring.png").is_file()
    for run in record.runs:
        alone, _ = protocol.run(one, run["seed"])
        assert {**run, **alone, "seconds": run["seconds"]} == run
        assert run["backend"] == "tensorflow" and "cores" in run["machine"]


def test_a_game_that_diverges_has_no_figures(tmp_path):
    diverging = contestant.parse("wgan[constraints=[],generator_optimizer=sgd,discriminator_optimizer=sgd]")
    protocol = RingBenchmark(**{**TINY, "steps": 400})
    lines = []
    object.__setattr__(diverging, "compile", {**diverging.compile, **_exploding()})
    record = mode_coverage.run(protocol, [diverging], runs=1, out=tmp_path / "ring.json", say=lines.append)
    assert record.runs[0]["diverged"] and record.runs[0]["modes"] is None
    assert "1 diverged" in record.table()
    assert "NaN" not in (tmp_path / "ring.json").read_text()


def _exploding():
    import keras

    return {f"{player}_optimizer": keras.optimizers.SGD(1e6) for player in ("generator", "discriminator")}


def test_the_help_names_every_protocol():
    words = CliRunner().invoke(app, ["bench", "stacked-mnist", "--help"], terminal_width=200).output
    several = [known for known in protocols.PROTOCOLS.values() if len(known) > 1]
    assert several and all(name in words for known in several for name in known)


def test_only_jax_vectorizes():
    with pytest.raises(RuntimeError, match="KERAS_BACKEND=jax"):
        vectorized.run(RingBenchmark(**TINY), contestant.parse("ns_gan"), seeds=[0])
    with pytest.raises(ValueError, match="received: 2 jobs and vectorization"):
        mode_coverage.run(RingBenchmark(**TINY), [contestant.parse("ns_gan")], jobs=2, vectorize=True)


def test_too_few_examples_for_a_step():
    with pytest.raises(ValueError, match="at least as many examples.*10, received: 9"):
        next(epochs(np.zeros((9, 2)), size=10, seed=0))


def test_summary_is_the_mean_and_the_standard_error():
    record = Record(None, RingBenchmark(**TINY))
    for seed, modes in enumerate((6, 8, 7)):
        run = {"contestant": "gan", "seed": seed, "modes": modes, "high_quality": 0.5, "reverse_kl": None}
        record.add({**run, "diverged": False, "seconds": 60.0})
    row = record.summary()["gan"]
    assert row["modes"] == (7.0, pytest.approx(1.0 / np.sqrt(3.0)))
    assert row["reverse_kl"] == (None, None) and row["minutes"] == 1.0
    assert "| gan | 7 +- 0.58 | 0.5 +- 0 | - | 3 | 1.0 |" in record.table()


def test_the_table_is_in_the_protocols_order_whatever_ran_first():
    record = Record(None, RingBenchmark(**TINY))
    for name in ("my_gan", "pac_gan[packing=2]", "gan"):
        run = {"contestant": name, "seed": 0, "modes": 8, "high_quality": 1.0, "reverse_kl": 0.0}
        record.add({**run, "diverged": False, "seconds": 1.0})
    assert list(record.summary()) == ["gan", "pac_gan[packing=2]", "my_gan"]


def test_strips_come_back_as_they_were(tmp_path):
    picture = strips.density(np.array([[0.5, 0.5]] * 3), extent=1.0, size=16)
    bright = np.unravel_index(picture.sum(axis=-1).argmax(), (16, 16))
    assert bright[0] < 8 <= bright[1], "up is up and right is right"
    strips.save(tmp_path / "a.png", [picture, picture[::-1]])
    back = strips.load(tmp_path / "a.png", 16)
    np.testing.assert_array_equal(back, [picture, picture[::-1]])
