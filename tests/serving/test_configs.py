"""Configuration files: TensorFlow Serving's own examples are read, its mistakes refused, and ours are whole."""

import re
import subprocess

import pytest

from keras_gans.serving import ServingError, configs, write_configs
from keras_gans.serving.server import engine
from keras_gans.serving.server.options import Options

_FULL = """
max_batch_size { value: 128 } batch_timeout_micros { value: 0 } max_enqueued_batches { value: 1000000 }
num_batch_threads { value: 8 } thread_pool_name { value: "pool" } allowed_batch_sizes: 1 allowed_batch_sizes: 128
pad_variable_length_inputs: true enable_large_batch_splitting { value: true } max_execution_batch_size { value: 64 }
"""


def written(tmp_path, text):
    path = tmp_path / "file.config"
    path.write_text(text)
    return path


def test_every_batching_field_is_known(tmp_path):
    parameters = configs.read_batching(written(tmp_path, _FULL))
    assert parameters.HasField("batch_timeout_micros")
    assert configs.largest_batch(parameters) == 64
    # The numbers on the wire: one byte of tag per field, in ascending order.
    tags = [field.number for field in type(parameters).DESCRIPTOR.fields]
    assert tags == list(range(1, 10))


@pytest.mark.parametrize(
    "text, message",
    [
        ("max_batch_size: 3", "Expected a BatchingParameters in protobuf text format"),
        ("max_batch_sizes { value: 3 }", "has no field named"),
        ("max_batch_size { value: 0 }", "Expected at least 1, received: max_batch_size=0"),
        ("batch_timeout_micros { value: -1 }", "Expected at least 0, received: batch_timeout_micros=-1"),
        ("max_batch_size { value: 8 } allowed_batch_sizes: 4", "to end with max_batch_size=8, received: \\[4\\]"),
        ("max_batch_size { value: 8 } allowed_batch_sizes: 9 allowed_batch_sizes: 8", "Expected increasing numbers"),
        ("max_batch_size { value: 8 } max_execution_batch_size { value: 9 }", "at most max_batch_size, received: 9"),
    ],
)
def test_wrong_batching_is_refused(tmp_path, text, message):
    with pytest.raises(ServingError, match=message):
        configs.read_batching(written(tmp_path, text))


def test_monitoring(tmp_path):
    config = configs.read_monitoring(written(tmp_path, 'prometheus_config { enable: true, path: "/metrics" }'))
    assert (config.prometheus_config.enable, config.prometheus_config.path) == (True, "/metrics")
    with pytest.raises(ServingError, match="has no field named"):
        configs.read_monitoring(written(tmp_path, "prometheus_config { enabled: true }"))


@pytest.mark.serve
@pytest.mark.parametrize(
    "entry, message",
    [
        ('name: "m" base_path: "m" model_platform: "tensorflow"', "to have an absolute path or URI"),
        ('name: "m" base_path: "/m"', "Illegal setting neither ModelServerConfig::model_type"),
        ('name: "m" base_path: "/m" model_platform: "onnx"', "Expected the platform 'tensorflow'"),
        ('name: "m" base_path: "/m" model_platform: "tensorflow" labels: 1', "has no field named"),
    ],
)
def test_wrong_models_are_refused(tmp_path, entry, message):
    with pytest.raises(ServingError, match=message):
        configs.read_models(written(tmp_path, f"model_config_list {{ config {{ {entry} }} }}"))


@pytest.fixture
def exports(tmp_path):
    for model, versions in (("digits", (1, 2)), ("faces", (1, 7, 10))):
        for version in versions:
            (tmp_path / "exports" / model / str(version)).mkdir(parents=True)
            (tmp_path / "exports" / model / str(version) / "saved_model.pb").touch()
    (tmp_path / "exports" / "faces" / "temporary-11").mkdir()
    (tmp_path / "exports" / "notes").mkdir()
    return tmp_path / "exports"


@pytest.mark.serve
def test_what_is_written(tmp_path, exports):
    paths = write_configs(exports, tmp_path / "serving", canary=True)
    assert [path.name for path in paths] == [
        "README.md",
        "batching.config",
        "docker-compose.yml",
        "kubernetes.yaml",
        "models.config",
        "monitoring.config",
    ]
    models = configs.read_models(tmp_path / "serving" / "models.config").model_config_list.config
    assert [(model.name, model.base_path, dict(model.version_labels)) for model in models] == [
        ("digits", "/models/digits", {"stable": 1, "canary": 2}),
        ("faces", "/models/faces", {"stable": 7, "canary": 10}),
    ]
    for name in ("docker-compose.yml", "kubernetes.yaml"):
        text = (tmp_path / "serving" / name).read_text()
        assert "image: tensorflow/serving:2.20.0" in text
        assert configs.LABELS_FLAG in text
        assert "for model in digits faces; do" in text
        assert "@{" not in text
    write_configs(exports, tmp_path / "serving")
    models = configs.read_models(tmp_path / "serving" / "models.config").model_config_list.config
    assert [dict(model.version_labels) for model in models] == [{"stable": 2}, {"stable": 10}]


@pytest.mark.serve
def test_manifests_are_locked_down(tmp_path, exports):
    yaml = pytest.importorskip("yaml")
    write_configs(exports, tmp_path / "serving")
    service = yaml.safe_load((tmp_path / "serving" / "docker-compose.yml").read_text())["services"]["serving"]
    assert service["ports"] == ["127.0.0.1:8501:8501"]
    assert all(volume.endswith(":ro") for volume in service["volumes"])
    assert service["read_only"]
    assert service["user"] == "10001:10001"
    documents = list(yaml.safe_load_all((tmp_path / "serving" / "kubernetes.yaml").read_text()))
    config_map, deployment, front = documents
    pod = deployment["spec"]["template"]["spec"]
    container = pod["containers"][0]
    assert pod["securityContext"]["runAsNonRoot"]
    assert container["securityContext"]["readOnlyRootFilesystem"]
    assert container["resources"]["limits"].keys() == {"cpu", "memory"}
    assert [port["port"] for port in front["spec"]["ports"]] == [8501]
    assert [mount.get("readOnly") for mount in container["volumeMounts"]] == [True, True, None]
    for name, text in config_map["data"].items():
        assert text == (tmp_path / "serving" / name).read_text().rstrip("\n") + "\n"


@pytest.mark.serve
def test_readiness_probe_looks_at_the_state(target, tmp_path, exports):
    """The probe's own shell, against the server under test: it passes for a loaded model and fails for another."""
    write_configs(exports, tmp_path / "serving")
    text = (tmp_path / "serving" / "kubernetes.yaml").read_text()
    lines = re.search(r"- -c\n\s+- >-\n((?:\s+.*\n)+?)\s+periodSeconds", text)[1].splitlines()
    script = " ".join(line.strip() for line in lines).replace(
        "127.0.0.1/8501", target.url.split("//")[1].replace(":", "/")
    )
    for models, status in (("versions generator", 0), ("versions unknown", 1)):
        probe = script.replace("digits faces", models)
        assert subprocess.run(["bash", "-c", probe], timeout=30).returncode == status


@pytest.mark.serve
def test_no_exports_is_an_error(tmp_path):
    with pytest.raises(ServingError, match="Expected a directory with <model>/<version>/saved_model.pb"):
        write_configs(tmp_path, tmp_path / "serving")


def test_command_of_the_real_server():
    arguments = engine.command("/bin/server", Options(port=1, file_system_poll_wait_seconds=2.0), "m", "b", "p")
    assert arguments[:2] == ["/bin/server", "--model_config_file=m"]
    for flag in ("--port=1", "--enable_batching=true", "--batching_parameters_file=b", "--enable_model_warmup=true"):
        assert flag in arguments
    assert "--file_system_poll_wait_seconds=2" in arguments
