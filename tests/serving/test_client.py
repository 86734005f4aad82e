"""The client gives the same over REST, gRPC and PNG, and its errors carry the server's text."""

import io

import numpy as np
import pytest

from keras_gans.serving import Client, ServingError, retries
from keras_gans.serving.retries import call_with_retries

SEEDS, LABELS = [0, 1, 2, 2**40, 7], [0, 1, 2, 0, 1]


@pytest.fixture(params=["rest", "grpc"])
def client(request, target):
    with Client(target.url if request.param == "rest" else f"grpc://{target.grpc}") as client:
        yield client


@pytest.fixture(scope="module")
def reference(models_dir):
    """The generator in this process, through TensorFlow's own loader of SavedModels."""
    import tensorflow as tf

    loaded = tf.saved_model.load(str(models_dir / "generator" / "1"))
    inputs = {"seed": tf.constant(SEEDS, tf.int64), "label": tf.constant(LABELS), "truncation": tf.fill([5], 0.5)}
    return loaded.signatures["serving_default"](**inputs)["images"].numpy()


@pytest.mark.serve
def test_sample_is_the_model_in_python(client, reference):
    images = client.sample("generator", SEEDS, LABELS, truncation=0.5)
    assert images.dtype == np.uint8
    np.testing.assert_array_equal(images, reference)


@pytest.mark.serve
def test_png_is_the_same_image(client, reference):
    from PIL import Image

    files = client.sample_png("generator", SEEDS, LABELS, truncation=0.5)
    images = np.stack([np.asarray(Image.open(io.BytesIO(file))) for file in files])[..., None]
    np.testing.assert_array_equal(images, reference)


@pytest.mark.serve
def test_a_row_does_not_depend_on_its_neighbours(client, reference):
    alone = [client.sample("generator", [seed], [label], 0.5)[0] for seed, label in zip(SEEDS, LABELS, strict=True)]
    np.testing.assert_array_equal(np.stack(alone), reference)


@pytest.mark.serve
def test_generate_and_score(client):
    latents = np.random.default_rng(0).normal(size=(3, 8)).astype("float32")
    images = client.generate("generator", latents, [0, 1, 2])
    assert images.dtype == np.float32
    assert images.shape == (3, 8, 8, 1)
    assert np.abs(images).max() <= 1.0
    scores = client.score("generator", images, [0, 1, 2])
    np.testing.assert_allclose(scores, images.mean((1, 2, 3)) + [0, 1, 2], atol=1e-5)


@pytest.mark.serve
def test_versions_and_labels(client):
    ask = lambda **choice: client.predict("versions", {"x": np.float32([1])}, **choice)["y"].tolist()  # noqa: E731
    assert [ask(), ask(version=1), ask(label_name="stable"), ask(label_name="canary")] == [[3.5], [2.5], [2.5], [3.5]]
    with pytest.raises(ValueError, match="Expected one of the two, received: version=1, label_name='stable'"):
        ask(version=1, label_name="stable")


@pytest.mark.serve
def test_strings(client):
    outputs = client.predict("text", {"text": np.array([b"ab", "\u00e9".encode()], object)})
    assert {name: array.tolist() for name, array in outputs.items()} == {
        "upper": [b"AB", "\u00e9".encode()],
        "upper_bytes": [b"AB", "\u00e9".encode()],
    }


@pytest.mark.serve
def test_status(client):
    assert [(row.version, row.state, row.error_code) for row in client.status("versions")] == [
        (3, "AVAILABLE", "OK"),
        (1, "AVAILABLE", "OK"),
    ]
    client.wait_until_ready("versions", version=1)
    with pytest.raises(ServingError, match="DEADLINE_EXCEEDED: unknown was not ready after 0.3 seconds"):
        client.wait_until_ready("unknown", timeout=0.3)


@pytest.mark.serve
def test_errors_carry_the_servers_text(client):
    with pytest.raises(ServingError) as caught:
        client.sample("generator", list(range(300)), [0] * 300, 1.0)
    assert caught.value.code == "INVALID_ARGUMENT"
    assert "Expected at most 256 rows" in caught.value.message
    with pytest.raises(ServingError, match=r"NOT_FOUND: Servable not found for request: Latest\(unknown\)"):
        client.sample("unknown", [1])


@pytest.mark.serve
def test_deadline(target):
    for url in (target.url, f"grpc://{target.grpc}"):
        with Client(url) as client:
            client.predict("slow", {"x": np.float32([1])})
            client.timeout = 0.005
            with pytest.raises(ServingError, match="DEADLINE_EXCEEDED"):
                client.predict("slow", {"x": np.float32([1])})


@pytest.mark.serve
@pytest.mark.parametrize("scheme", ["http", "grpc"])
def test_nobody_there_is_unavailable(scheme):
    with Client(f"{scheme}://127.0.0.1:9", retries=0) as client, pytest.raises(ServingError, match="UNAVAILABLE"):
        client.status("m")


def test_only_unavailable_is_tried_again(monkeypatch):
    monkeypatch.setattr(retries, "FIRST_PAUSE", 0.001)
    calls = []

    def failing(code, times):
        def call(left):
            calls.append(left)
            if len(calls) <= times:
                raise ServingError(code, "text")
            return "answer"

        calls.clear()
        return call

    assert call_with_retries(failing("UNAVAILABLE", 2), 10.0, 3) == "answer"
    assert len(calls) == 3
    assert calls == sorted(calls, reverse=True)
    for code, times, retried in (("UNAVAILABLE", 9, 3), ("INTERNAL", 1, 0), ("DEADLINE_EXCEEDED", 1, 0)):
        with pytest.raises(ServingError, match=code):
            call_with_retries(failing(code, times), 10.0, 3)
        assert len(calls) == 1 + retried
    monkeypatch.setattr(retries, "FIRST_PAUSE", 100.0)
    with pytest.raises(ServingError, match="UNAVAILABLE"):
        call_with_retries(failing("UNAVAILABLE", 9), 0.05, 3)
    assert len(calls) == 1


@pytest.mark.parametrize("url", ["127.0.0.1:8501", "ftp://host", "http://", ""])
def test_url_needs_a_scheme_and_a_host(url):
    with pytest.raises(ValueError, match="Expected http://, https:// or grpc:// and a host, received: url="):
        Client(url)


@pytest.mark.serve
def test_request_command(target, tmp_path):
    import typer
    from PIL import Image
    from typer.testing import CliRunner

    from keras_gans.commands.request import request

    app = typer.Typer()
    app.command()(request)
    out = tmp_path / "grid.png"
    arguments = [target.url, "generator", "--seeds", "0:4", "--labels", "1", "--truncation", "1.0", "--out", str(out)]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output
    assert Image.open(out).size == (17, 17)
