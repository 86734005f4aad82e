"""Presets answer with their golden sample wherever they run: from an export, over REST and over gRPC."""

import pytest

import keras_gans
from keras_gans import exports, presets
from keras_gans.commands import demo_serving
from keras_gans.presets import probe

pytestmark = pytest.mark.serve
NAMES = presets.names()


def assert_served(names, folder):
    """Exports presets, each verified in TensorFlow's C session, serves them, and asks both ports for the probes."""
    pytest.importorskip("aiohttp")
    for name in names:
        exports.export(name, folder / "exports" / name)
    with demo_serving.served(folder / "exports", folder / "log") as addresses:
        for url in addresses:
            with keras_gans.serving.Client(url) as client:
                for name in names:
                    client.wait_until_ready(name)
                    golden = presets.preset.read(presets.zoo_path() / name).probe
                    probe.compare(golden, client.sample(name, golden["seed"], golden["label"]))


@pytest.mark.parametrize("name", NAMES[:1])
def test_one_preset_is_served(name, tmp_path):
    assert_served([name], tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("names", [NAMES[start : start + 5] for start in range(0, len(NAMES), 5)], ids=lambda _: "")
def test_every_preset_is_served(names, tmp_path):
    assert_served(names, tmp_path)
