"""A local server in a process of its own, for tests."""

import contextlib
import os
import pathlib
import re
import signal
import subprocess
import sys
import time

_COMMAND = "import typer; from keras_gans.commands.serve import serve; typer.run(serve)"
_ROOT = pathlib.Path(__file__).parents[2]


class ServerProcess:
    """`keras-gans serve` on free ports of 127.0.0.1; `url` and `grpc` tell where."""

    def __init__(self, log, *arguments):
        self.log = pathlib.Path(log)
        command = [sys.executable, "-c", _COMMAND, "--port", "0", "--rest_api_port", "0", "--engine", "local"]
        environment = os.environ | {"TF_CPP_MIN_LOG_LEVEL": "3", "KERAS_BACKEND": "tensorflow"}
        with self.log.open("w") as file:
            self.process = subprocess.Popen(
                [*command, *map(str, arguments)], stdout=file, stderr=subprocess.STDOUT, cwd=_ROOT, env=environment
            )
        self.url = self.grpc = None

    def wait_until_ready(self, timeout=90.0):
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            found = re.search(r"Serving gRPC on (\S+) and REST on (\S+)", self.log.read_text())
            if found:
                self.grpc, self.url = found.groups()
                return self
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        raise RuntimeError(f"The server did not start:\n{self.log.read_text()}")

    def resident_bytes(self):
        pages = pathlib.Path(f"/proc/{self.process.pid}/statm").read_text().split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")

    def terminate(self):
        self.process.send_signal(signal.SIGTERM)

    def stop(self, timeout=60.0):
        if self.process.poll() is None:
            self.terminate()
        try:
            return self.process.wait(timeout)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise


@contextlib.contextmanager
def running(log, *arguments):
    """A server that is ready, stopped at the end of the block."""
    server = ServerProcess(log, *arguments)
    try:
        yield server.wait_until_ready()
    finally:
        server.stop()
