"""Two replicas are one device with the whole batch, batch normalization included; only their draws are their own."""

import pathlib
import subprocess
import sys


def test_two_replicas_equal_one_device():
    script = pathlib.Path(__file__).with_name("train_on_replicas.py")
    result = subprocess.run([sys.executable, str(script)], capture_output=True, text=True)
    assert result.returncode == 0, result.stderr[-2000:]
    done = result.stdout.split()
    assert "dcgan" in done and done[-1] == "all" and len(done) > 12
