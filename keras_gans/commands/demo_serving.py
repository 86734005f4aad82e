"""The demo's ending: what has been trained is exported, served on this machine and asked for samples."""

import contextlib
import importlib.util
import pathlib
import re
import subprocess
import sys
import time

import numpy as np
import typer

_PACKAGES = ("aiohttp", "grpc", "grpc_health", "orjson", "tensorflow_serving")
_SEEDS = range(16)
_START_SECONDS = 120.0
_LAST_LINES = 40


def serve_and_ask(run):
    """Exports a run, serves the export on free ports of 127.0.0.1, and asks for samples over REST and gRPC.

    Args:
        run: folder of the run; the export and the served samples are written into it.

    Raises:
        ValueError: where the server answers with other images than the Python model draws.
    """
    import keras

    from keras_gans import exports, images, runs

    # A policy of the training would be the loaded networks' too; users load them in processes that did not train.
    keras.config.set_dtype_policy("float32")
    model = runs.load_run(run)
    base_path = pathlib.Path(run, "exports", "demo")
    folder = exports.export(model, base_path)
    typer.echo(f"{folder} (verified in TensorFlow's C session)")
    missing = [name for name in _PACKAGES if importlib.util.find_spec(name) is None]
    if missing:
        typer.echo(f"Serving is left out without {', '.join(missing)}: pip install 'keras_gans[serve]'")
        return
    expected = model.sample(seeds=_SEEDS)
    with served(base_path.parent, pathlib.Path(run, "server.log")) as addresses:
        for url in addresses:
            samples = _ask(url, expected)
            typer.echo(f"{url} answers with the {len(samples)} samples that the Python model draws")
    typer.echo(images.save_png(pathlib.Path(run, "served.png"), images.grid(samples)))


def _ask(url, expected):
    from keras_gans.serving import Client

    with Client(url) as client:
        client.wait_until_ready("demo")
        samples = client.sample("demo", seeds=_SEEDS)
    # Graphs and single operations round apart in the last bit, which can turn a gray level.
    differing = np.abs(samples.astype(int) - expected.astype(int))
    if differing.max() > 1:
        raise ValueError(f"Expected the samples of the Python model from {url}, received: {differing.max()} levels off")
    return samples


@contextlib.contextmanager
def served(exports_dir, log, *options):
    """A local server in a process of its own: gives its gRPC and REST addresses, and stops it at the end.

    Args:
        exports_dir: what it serves.
        log: path of the file that takes what it says.
        *options: further arguments of `keras-gans serve`.
    """
    code = "import sys; sys.argv[0] = 'keras-gans'; from keras_gans.cli import main; main()"
    command = [sys.executable, "-X", "faulthandler", "-c", code, "serve", str(exports_dir)]
    options = ["--port", "0", "--rest_api_port", "0", "--engine", "local", *options]
    with open(log, "w", encoding="utf-8") as file:
        server = subprocess.Popen([*command, *options], stdout=file, stderr=subprocess.STDOUT)
    try:
        yield _addresses(server, log)
    finally:
        server.terminate()
        server.wait()


def _addresses(server, log):
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        found = re.search(r"Serving gRPC on (\S+) and REST on (\S+)\n", log.read_text(encoding="utf-8"))
        if found:
            return f"grpc://{found[1]}", found[2]
        time.sleep(0.1)
    words = "\n".join(log.read_text(encoding="utf-8").splitlines()[-_LAST_LINES:])
    raise ValueError(f"Expected a server that starts, received one whose last words are, in {log}:\n{words}")
