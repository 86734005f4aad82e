"""`keras-gans diagnose`, on small runs."""

import json
import re

import pytest
from typer.testing import CliRunner

from keras_gans import configuration, runs
from keras_gans.callbacks.diagnostics import EXAMINATIONS
from keras_gans.cli import app
from keras_gans.diagnostics import examination

SMALL = ["generator.latent_dim=2", "generator.hidden=[16]", "discriminator.hidden=[16]"]


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    folder = tmp_path_factory.mktemp("runs") / "small <ring>"
    runs.train(configuration.resolve("ns_gan", "mlp", "ring", 1, batch_size=2000, settings=SMALL), folder, verbose=0)
    return folder


def diagnose(*arguments):
    return CliRunner().invoke(app, ["diagnose", *map(str, arguments)])


def test_a_verdict_and_a_report_that_needs_nothing_else(run, tmp_path):
    result = diagnose(run, "--json", tmp_path / "diagnosis.json", "--report", tmp_path / "report.html")
    assert "Verdict: " in result.output and "diversity of samples" in result.output
    found = json.loads((tmp_path / "diagnosis.json").read_text())
    assert (result.exit_code == 0) == (found["verdict"] == "healthy")
    text = (tmp_path / "report.html").read_text()
    assert "small &lt;ring&gt;" in text and "<script" not in text
    sources = re.findall(r'(?:src|href)="([^"]{0,40})', text)
    assert len(sources) == 4 and all(source.startswith("data:image/png;base64,") for source in sources)


def test_what_was_seen_in_training_is_read(run, tmp_path):
    now = json.loads(_json(run, tmp_path))["now"]
    folder = run / "diagnostics"
    for step in range(1, 7):
        sick = examination.Examination(**{**now, "step": step, "diversity": 0.9 if step < 3 else 0.01})
        examination.append(folder / EXAMINATIONS, sick)
    result = diagnose(run, "--report", tmp_path / "report.html")
    assert "In training, step 5: The generator has collapsed" in result.output
    text = (tmp_path / "report.html").read_text()
    assert "Looks" in text and "In training, step 5" in text
    (folder / EXAMINATIONS).unlink()


def _json(run, tmp_path):
    diagnose(run, "--json", tmp_path / "now.json", "--report", tmp_path / "now.html")
    return (tmp_path / "now.json").read_text()


def test_a_dead_generator_is_no_healthy_run(run, tmp_path):
    import shutil

    dead = tmp_path / "dead"
    shutil.copytree(run, dead)
    model = runs.load_run(dead)
    for weight in model.generator.trainable_variables:
        weight.assign(0.0 * weight)
    model.save(dead / "model.keras")
    result = diagnose(dead)
    assert result.exit_code == 1 and "collapse" in result.output and (dead / "diagnosis.html").is_file()


def test_what_is_no_run_is_refused(tmp_path):
    result = diagnose(tmp_path)
    assert isinstance(result.exception, FileNotFoundError) and "Expected the folder of a run" in str(result.exception)
