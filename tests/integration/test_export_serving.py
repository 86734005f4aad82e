"""From a trained model to the answers of a server: the same images everywhere, by hand and by command."""

import io

import numpy as np
import pytest
from PIL import Image
from typer.testing import CliRunner

import keras_gans
from keras_gans import exports, runs
from keras_gans.cli import app
from keras_gans.commands import demo, demo_serving
from keras_gans.configuration import resolve
from keras_gans.exports import exporter
from keras_gans.testing import tiny

SEEDS = [0, 7, 2**40, 2**63 - 1]


def command(*arguments):
    result = CliRunner().invoke(app, list(map(str, arguments)))
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.fixture(scope="module")
def game():
    model = tiny.game(keras_gans.models.ConditionalGAN, ema_momentum=0.5)
    model.fit(tiny.images(64), tiny.labels(64), batch_size=8, epochs=1, verbose=0)
    return model


@pytest.fixture(scope="module")
def exports_dir(game, tmp_path_factory):
    directory = tmp_path_factory.mktemp("exports")
    exports.export(game, directory / "tiny")
    return directory


@pytest.fixture(scope="module")
def addresses(exports_dir, tmp_path_factory):
    """The gRPC and the REST address of a server of the export."""
    pytest.importorskip("aiohttp")
    with demo_serving.served(exports_dir, tmp_path_factory.mktemp("server") / "log") as addresses:
        yield dict(zip(("grpc", "rest"), addresses))


@pytest.fixture(params=["rest", "grpc"])
def client(request, addresses):
    with keras_gans.serving.Client(addresses[request.param]) as client:
        yield client


@pytest.mark.serve
def test_served_samples_are_the_python_models(client, game):
    labels = [2, 0, 1, 1]
    expected = game.sample(seeds=SEEDS, labels=labels)
    np.testing.assert_array_equal(client.sample("tiny", SEEDS, labels), expected)
    files = client.sample_png("tiny", SEEDS, labels)
    np.testing.assert_array_equal([np.asarray(Image.open(io.BytesIO(file))) for file in files], expected[..., 0])


@pytest.mark.serve
def test_served_floats_are_the_python_models(client, game):
    latents, labels = np.random.default_rng(0).normal(size=(3, tiny.LATENT_DIM)).astype("float32"), [0, 1, 2]
    images = client.generate("tiny", latents, labels)
    np.testing.assert_allclose(images, game.generate(latents, labels), atol=1e-5)
    judged = game.discriminator([images, np.array(labels)], training=False)
    np.testing.assert_allclose(client.score("tiny", images, labels), np.asarray(judged)[:, 0], atol=1e-5)


@pytest.mark.serve
@pytest.mark.parametrize(
    ("seeds", "labels", "message"),
    [
        (range(257), [0] * 257, "Expected at most 256 rows in a request, received:"),
        ([1, -2], [0, 0], "Expected seed of at least 0, received:"),
        ([1, 2], [0, 3], "Expected label in 0..2, received:"),
        ([1, 2], [0], "Expected as many rows of label as of seed, received:"),
    ],
)
def test_wrong_requests_are_answered_in_a_sentence(client, seeds, labels, message):
    with pytest.raises(keras_gans.serving.ServingError, match=message) as error:
        client.sample("tiny", seeds, labels)
    assert error.value.code == "INVALID_ARGUMENT"


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """A run whose networks train in seconds."""
    folder = tmp_path_factory.mktemp("runs") / "small"
    runs.train(small(), folder, verbose=0)
    return folder


def small(epochs=1):
    settings = ["generator.hidden=[8]", "discriminator.hidden=[8]"]
    return resolve("ns_gan", "mlp", "digits", epochs=epochs, settings=settings)


@pytest.mark.serve
def test_commands_from_a_run_to_a_picture(run, tmp_path):
    """export, verify-export, serving-config, serve and request, as an operator types them."""
    pytest.importorskip("aiohttp")
    assert "verified" in command("export", run, tmp_path / "exports" / "small").output
    assert command("verify-export", tmp_path / "exports" / "small" / "1").exit_code == 0
    command("serving-config", tmp_path / "exports", "--output", tmp_path / "serving")
    assert 'name: "small"' in (tmp_path / "serving" / "models.config").read_text()
    batching = ["--batching_parameters_file", str(tmp_path / "serving" / "batching.config")]
    with demo_serving.served(tmp_path / "exports", tmp_path / "log", *batching) as addresses:
        for index, url in enumerate(addresses):
            out = tmp_path / f"grid{index}.png"
            command("request", url, "small", "--seeds", "0:4", "--out", out)
            expected = keras_gans.images.grid(keras_gans.load_run(run).sample(4))
            np.testing.assert_array_equal(np.asarray(Image.open(out)), expected[..., 0])


def test_a_broken_export_ends_with_status_1(run, tmp_path):
    folder = exports.export(str(run), tmp_path, verify=False)
    (folder / "assets.extra" / "tf_serving_warmup_requests").unlink()
    result = command("verify-export", folder)
    assert result.exit_code == 1 and "FAILED" in result.output


def test_what_is_no_version_directory_is_refused(tmp_path):
    with pytest.raises(FileNotFoundError, match="Expected a version directory"):
        command("verify-export", tmp_path)


@pytest.mark.serve
def test_the_demo_ends_with_served_samples(tmp_path, monkeypatch):
    pytest.importorskip("aiohttp")
    monkeypatch.setattr(demo, "configuration", small)
    output = command("demo", "--out", tmp_path / "demo", "--epochs", 1).output
    assert output.count("answers with the 16 samples that the Python model draws") == 2
    expected = keras_gans.images.grid(keras_gans.load_run(tmp_path / "demo").sample(16))
    np.testing.assert_array_equal(np.asarray(Image.open(tmp_path / "demo" / "served.png")), expected[..., 0])


def test_the_demo_says_what_serving_needs(run, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(demo_serving, "_PACKAGES", ("numpy", "no_such_package"))
    monkeypatch.setattr(exporter.verification, "verify", lambda folder: exports.verification.Report(folder))
    demo_serving.serve_and_ask(run)
    said = capsys.readouterr().out.splitlines()
    assert said[1:] == ["Serving is left out without no_such_package: pip install 'keras_gans[serve]'"]


def test_a_server_that_does_not_start_is_an_error(tmp_path):
    said = "(?s)whose last words are, in .*Expected a directory with <model>/<version>/saved_model.pb"
    with pytest.raises(ValueError, match=said):
        with demo_serving.served(tmp_path / "nothing", tmp_path / "log"):
            pass
