"""The benchmark of FID compares equal values, and the command writes what it prints. No time is asserted."""

import importlib.util
import json

import keras
import numpy as np
import pytest
from typer.testing import CliRunner

from keras_gans.benchmarks import metrics

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("tensorflow_gan") is None or keras.backend.backend() != "tensorflow",
    reason="TF-GAN is a contestant",
)


def test_command(tmp_path, monkeypatch):
    from keras_gans.commands.bench import app

    # The peak is measured in a process of its own, which takes seconds to start.
    monkeypatch.setattr(metrics, "_memory", metrics._stream)
    path = tmp_path / "figures.json"
    options = ["--rows", "300", "--width", "32", "--rounds", "2", "--streamed", "1200", "--json", str(path)]
    printed = CliRunner().invoke(app, ["metrics", *options])
    assert printed.exit_code == 0, printed.output
    report = json.loads(path.read_text())
    rows = report["frechet_distance"]
    assert list(rows) == ["keras_gans", "statistics_kept", "tensorflow_gan", "scipy_sqrtm"]
    np.testing.assert_allclose([row["value"] for row in rows.values()], rows["keras_gans"]["value"], rtol=1e-4)
    assert rows["keras_gans"]["speedup"] == rows["statistics_kept"]["speedup_kept"] == 1.0
    assert all(row["seconds"] > 0 for row in rows.values())
    assert report["streaming"]["rows"] == 1200 and report["streaming"]["statistics_mib"] >= 0
    assert "scipy_sqrtm" in printed.output and "300 x 32 features" in printed.output


def test_as_few_rows_as_warm_up_the_contestants():
    assert metrics._speed(64, 32, rounds=1)["statistics_kept"]["speedup_kept"] == 1.0


@pytest.mark.slow
def test_streaming_memory():
    assert metrics._memory(50_000, 2048)["statistics_mib"] < 400 / 1.048576
