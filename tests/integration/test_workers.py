"""Two worker processes on loopback: they equal one device, and go on after one of them was killed."""

import json
import os
import pathlib
import signal
import socket
import subprocess
import sys
import time

import numpy as np

_SCRIPT = pathlib.Path(__file__).with_name("train_on_workers.py")


def _start(folder, games, workers, epochs=1, pause=0.0):
    os.makedirs(folder, exist_ok=True)
    ports = [_free_port() for _ in range(workers)]
    processes = []
    for index in range(workers):
        environment = {key: value for key, value in os.environ.items() if key != "TF_CONFIG"}
        if workers > 1:
            cluster = {"worker": [f"localhost:{port}" for port in ports]}
            environment["TF_CONFIG"] = json.dumps({"cluster": cluster, "task": {"type": "worker", "index": index}})
        command = [sys.executable, str(_SCRIPT), str(folder), str(epochs), str(pause), *games]
        processes.append(subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True))
    return processes


def _free_port():
    with socket.socket() as server:
        server.bind(("localhost", 0))
        return server.getsockname()[1]


def _finish(processes):
    for process in processes:
        _, errors = process.communicate(timeout=600)
        assert process.returncode == 0, errors[-2000:]


def _weights(folder, name):
    with np.load(folder / f"{name}.npz") as file:
        return list(file.values())


def test_two_workers_equal_one_device(tmp_path):
    games = ["dcgan", "wgan_gp"]
    two, one = _start(tmp_path / "two", games, workers=2, epochs=2), _start(tmp_path / "one", games, 1, epochs=2)
    _finish([*two, *one])
    for kind in ("own", "mapped"):
        shares = [np.load(tmp_path / "two" / f"{kind}-{worker}.npy") for worker in (0, 1)]
        _check_rows(np.load(tmp_path / "one" / f"{kind}-0.npy"), shares)
    for name in games:
        for a, b in zip(_weights(tmp_path / "one", name), _weights(tmp_path / "two", name), strict=True):
            np.testing.assert_allclose(a, b, rtol=1e-4, atol=1e-6, err_msg=name)


def _check_rows(one, shares):
    """Each worker reads rows of its own; together they are, step by step, the batches of one device."""
    np.testing.assert_array_equal(np.concatenate(shares, axis=1), one)
    for epoch in np.split(one, 2):
        assert len(np.unique(epoch)) == epoch.size == 48  # of 50: the rest fills no batch
    assert not np.array_equal(*np.split(one, 2))


def test_workers_go_on_after_one_was_killed(tmp_path):
    """SIGKILL of the second worker, then both again: the weights are those of workers that nobody killed."""
    whole = _start(tmp_path / "whole", ["ns_gan"], workers=2, epochs=4)
    _finish(whole)
    chief, other = _start(tmp_path / "killed", ["ns_gan"], workers=2, epochs=4, pause=0.5)
    deadline = time.monotonic() + 400
    while not list((tmp_path / "killed" / "ns_gan").glob("epoch-*")):
        assert chief.poll() is None and other.poll() is None and time.monotonic() < deadline
        time.sleep(0.05)
    other.send_signal(signal.SIGKILL)
    other.wait()
    chief.kill()  # it would wait for the other one, or fail
    chief.wait()
    assert not (tmp_path / "killed" / "ns_gan.npz").exists()
    _finish(_start(tmp_path / "killed", ["ns_gan"], workers=2, epochs=4))
    for a, b in zip(_weights(tmp_path / "whole", "ns_gan"), _weights(tmp_path / "killed", "ns_gan"), strict=True):
        np.testing.assert_array_equal(a, b)
