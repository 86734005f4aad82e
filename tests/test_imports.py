"""Every room can be the first that is imported: there is no circle that only another order hides."""

import pkgutil
import subprocess
import sys

import keras_gans

SCRIPT = """
import importlib, sys
sys.argv[0] = "keras-gans"  # whose rooms are not imported all at once
for name in sys.argv[1:]:
    for loaded in [module for module in sys.modules if module.partition(".")[0] == "keras_gans"]:
        del sys.modules[loaded]
    try:
        importlib.import_module(name)
    except ImportError as error:
        sys.exit(f"{name}: {error}")
"""


def test_every_room_can_come_first():
    rooms = [f"keras_gans.{module.name}" for module in pkgutil.iter_modules(keras_gans.__path__)]
    assert len(rooms) > 20
    result = subprocess.run([sys.executable, "-c", SCRIPT, *rooms], capture_output=True, text=True)
    assert result.returncode == 0, result.stderr[-500:]
