"""Measures `keras-gans serve` on this machine with wrk (REST) and h2load (gRPC), batching off and on in turn.

    apt-get install wrk nghttp2-client
    PYTHONPATH=. python serving/load.py --seconds 3 --rounds 2

Each request asks for one 28x28 image. Other work on the machine disturbs single numbers, so the two settings take
turns and the ratio of their medians is what counts.
"""

import argparse
import contextlib
import json
import os
import pathlib
import re
import statistics
import subprocess
import tempfile

import tensorflow as tf

from keras_gans.serving import Client, config_writer, configs
from tests.serving.servers import running

LATENT_DIM = 64


def export(path, layers):
    """Writes a generator of 28x28 images with the signature `sample`; the weights are random."""
    model = tf.keras.Sequential([tf.keras.Input((LATENT_DIM,)), *layers, tf.keras.layers.Reshape((28, 28, 1))])

    @tf.function(input_signature=[tf.TensorSpec([None], tf.int64, "seed")])
    def sample(seed):
        draw = lambda s: tf.random.stateless_normal([LATENT_DIM], seed=tf.stack([s, 0]))  # noqa: E731
        images = tf.tanh(model(tf.map_fn(draw, seed, fn_output_signature=tf.float32)))
        return {"images": tf.cast(tf.round(images * 127.5 + 127.5), tf.uint8)}

    module = tf.Module()
    # SavedModel restores what the module tracks, and it does not look into a Keras model.
    module.weights, module.sample = [variable.value for variable in model.variables], sample
    tf.saved_model.save(module, str(path), signatures={"serving_default": sample})


def generators():
    layers = tf.keras.layers
    convolutional = [
        layers.Dense(7 * 7 * 128, "relu"),
        layers.Reshape((7, 7, 128)),
        layers.Conv2DTranspose(64, 4, 2, "same", activation="relu"),
        layers.Conv2DTranspose(1, 4, 2, "same"),
    ]
    return {"dcgan": convolutional, "mlp": [*(layers.Dense(2048, "relu") for _ in range(5)), layers.Dense(784)]}


def rest(server, model, clients, seconds, folder):
    script = folder / "post.lua"
    body = json.dumps({"instances": [7]})
    script.write_text(f"wrk.method = 'POST'\nwrk.body = '{body}'\n")
    url = f"{server.url}/v1/models/{model}:predict"
    command = ["wrk", "-t1", f"-c{clients}", f"-d{seconds}s", "--latency", "-s", str(script), url]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in text:
        raise RuntimeError(text)
    found = {share: _milliseconds(re.search(rf"^\s+{share}%\s+(\S+)", text, re.M)[1]) for share in (50, 99)}
    return float(re.search(r"Requests/sec:\s+(\S+)", text)[1]), found[50], found[99]


def grpc(server, model, clients, seconds, folder):
    from tensorflow_serving.apis import predict_pb2

    request = predict_pb2.PredictRequest()
    request.model_spec.name = model
    request.inputs["seed"].CopyFrom(tf.make_tensor_proto([7], tf.int64))
    message = request.SerializeToString()
    (folder / "body").write_bytes(b"\x00" + len(message).to_bytes(4, "big") + message)
    (folder / "log").unlink(missing_ok=True)
    url = f"http://{server.grpc}/tensorflow.serving.PredictionService/Predict"
    command = [
        "h2load",
        f"-c{clients}",
        f"-D{seconds}",
        "-m1",
        "-d",
        str(folder / "body"),
        f"--log-file={folder / 'log'}",
    ]
    subprocess.run(
        [*command, "-Hcontent-type: application/grpc", "-Hte: trailers", url], capture_output=True, check=True
    )
    times = sorted(int(line.split()[2]) / 1000 for line in (folder / "log").read_text().splitlines())
    return len(times) / seconds, times[len(times) // 2], times[len(times) * 99 // 100]


def _milliseconds(text):
    number, unit = re.fullmatch(r"([\d.]+)(us|ms|s)", text).groups()
    return float(number) * {"us": 1e-3, "ms": 1.0, "s": 1e3}[unit]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=6)
    parser.add_argument("--rounds", type=int, default=2)
    arguments = parser.parse_args()
    cores = os.cpu_count()
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        folder = pathlib.Path(folder)
        for name, layers in generators().items():
            export(folder / "exports" / name / "1", layers)
        batching = folder / "batching.config"
        batching.write_text(configs.to_text(config_writer.batching_config(batch_threads=cores)))
        quiet = [folder / "exports"]
        servers = {
            "off": stack.enter_context(running(folder / "off.log", *quiet)),
            "on": stack.enter_context(running(folder / "on.log", *quiet, "--batching_parameters_file", batching)),
        }
        for server in servers.values():
            with Client(f"grpc://{server.grpc}") as client:
                for model in generators():
                    for rows in config_writer.BATCH_SIZES:
                        assert client.sample(model, range(rows)).shape == (rows, 28, 28, 1)
        print(
            "| generator | protocol | clients | batching | requests/s | p50 ms | p99 ms | on/off |\n" + "|---" * 8 + "|"
        )
        for model in generators():
            for protocol in (rest, grpc):
                for clients in (1, 8, 32):
                    report(model, protocol, clients, servers, arguments, folder)


def report(model, protocol, clients, servers, arguments, folder):
    figures = {setting: [] for setting in servers}
    for _ in range(arguments.rounds):
        for setting, server in servers.items():
            figures[setting].append(protocol(server, model, clients, arguments.seconds, folder))
    medians = {key: [statistics.median(column) for column in zip(*rows, strict=True)] for key, rows in figures.items()}
    for setting, (rate, middle, late) in medians.items():
        ratio = f"{rate / medians['off'][0]:.2f}" if setting == "on" else ""
        name = "REST" if protocol is rest else "gRPC"
        print(
            f"| {model} | {name} | {clients} | {setting} | {rate:.0f} | {middle:.1f} | {late:.1f} | {ratio} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
