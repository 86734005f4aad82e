"""Strategies by name: what each gives, and the sentence where its hardware or configuration is missing."""

import json
import subprocess
import sys

import pytest
import tensorflow as tf

from keras_gans import distribution


def _environment(monkeypatch, index=0, kind="worker", cluster=None):
    cluster = cluster or {"worker": ["a:1", "b:1"]}
    monkeypatch.setenv("TF_CONFIG", json.dumps({"cluster": cluster, "task": {"type": kind, "index": index}}))


def test_none_and_auto_are_one_device_here(monkeypatch):
    monkeypatch.delenv("TF_CONFIG", raising=False)
    monkeypatch.delenv("TPU_NAME", raising=False)
    assert distribution.strategy("none").num_replicas_in_sync == 1
    if len(tf.config.list_physical_devices("GPU")) < 2:
        assert distribution.strategy().num_replicas_in_sync == 1


@pytest.mark.parametrize("name", ["mirored", "none:2", "tpu:1", ""])
def test_an_unknown_name_lists_the_valid_ones(name):
    with pytest.raises(ValueError, match="Expected one of auto, none, mirrored, multi_worker, tpu or mirrored:N"):
        distribution.strategy(name)


@pytest.mark.parametrize("name", ["mirrored:0", "mirrored:two", "mirrored:-1"])
def test_the_number_of_logical_devices_is_checked(name):
    with pytest.raises(ValueError, match="Expected mirrored:N with N of at least 1, received"):
        distribution.strategy(name)


def test_mirrored_without_a_gpu_names_the_remedy(monkeypatch):
    monkeypatch.setattr(tf.config, "list_physical_devices", lambda kind: [])
    with pytest.raises(RuntimeError, match="Expected at least one GPU .* 'mirrored:2' takes two logical devices"):
        distribution.strategy("mirrored")


def test_logical_devices_after_the_start_of_the_runtime_are_refused():
    tf.constant(1.0) + 1.0
    with pytest.raises(RuntimeError, match="before the first operation of TensorFlow"):
        distribution.strategy("mirrored:5")


def test_several_workers_need_a_configuration_and_a_fresh_runtime(monkeypatch):
    monkeypatch.delenv("TF_CONFIG", raising=False)
    with pytest.raises(ValueError, match="Expected the workers' addresses in the environment variable TF_CONFIG"):
        distribution.strategy("multi_worker")
    tf.constant(1.0) + 1.0
    _environment(monkeypatch)
    with pytest.raises(RuntimeError, match="before TensorFlow's runtime has started"):
        distribution.strategy("multi_worker")


@pytest.mark.parametrize("text", ["{", "[]", '{"cluster": {"worker": ["a:1"]}}', '{"cluster": {"worker": ["a:1"]}, '
    '"task": {"type": "worker", "index": 3}}'])  # fmt: skip
def test_a_damaged_configuration_is_one_sentence(monkeypatch, text):
    monkeypatch.setenv("TF_CONFIG", text)
    with pytest.raises(ValueError, match="Expected TF_CONFIG as JSON"):
        distribution.strategy("multi_worker")


def test_a_missing_tpu_is_one_sentence(monkeypatch):
    def refuse(address):
        raise ValueError("Could not find TPU\nmore")

    monkeypatch.setattr(tf.distribute.cluster_resolver.TPUClusterResolver, "connect", staticmethod(refuse))
    with pytest.raises(RuntimeError, match="Expected a TPU at TPU_NAME='local', received: Could not find TPU$"):
        distribution.strategy("tpu")


def test_the_first_worker_or_the_chief_writes(monkeypatch, tmp_path):
    monkeypatch.delenv("TF_CONFIG", raising=False)
    assert distribution.is_chief() and not distribution.has_several_workers()
    for index, expected in ((0, True), (1, False)):
        _environment(monkeypatch, index)
        assert distribution.is_chief() is expected and distribution.has_several_workers()
        with distribution.writing_to(str(tmp_path / "out")) as path:
            assert (path == str(tmp_path / "out")) is expected
    _environment(monkeypatch, 0, cluster={"chief": ["a:1"], "worker": ["b:1"]})
    assert not distribution.is_chief()
    _environment(monkeypatch, 0, "chief", cluster={"chief": ["a:1"], "worker": ["b:1"]})
    assert distribution.is_chief()


def test_the_command_line_trains_on_two_logical_devices(tmp_path):
    command = "import sys; sys.argv[0] = 'keras-gans'; from keras_gans.cli import main; main()"
    options = ["--data", "digits", "--game", "ns_gan", "--network", "mlp", "--epochs", "1", "--batch-size", "64"]
    options += ["--set", "generator.hidden=[8]", "--set", "discriminator.hidden=[8]"]
    result = subprocess.run(
        [sys.executable, "-c", command, "train", *options, "--strategy", "mirrored:2", "--out", str(tmp_path / "run")],
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stderr[-2000:]
    assert (tmp_path / "run" / "samples.png").is_file()
