"""The command line works where neither TensorFlow nor its protocol buffers are installed."""

import subprocess
import sys


def test_a_benchmark(tmp_path):
    out = tmp_path / "ring.json"
    arguments = ["bench", "ring", "--game", "ns_gan", "--runs", "1", "--json", str(out)]
    settings = ["--set", "steps=8", "--set", "width=0.02", "--set", "samples=50"]
    command = [sys.executable, "-c", "import sys; from keras_gans.cli import main; sys.exit(main())"]
    result = subprocess.run([*command, *arguments, *settings], capture_output=True, text=True)
    assert result.returncode == 0, result.stderr[-2000:]
    assert "| ns_gan |" in result.stdout and out.is_file()
