"""A sound export passes, and everything that can be wrong with one is found."""

import shutil

import numpy as np
import pytest
import tensorflow as tf
from tensorflow.core.framework import types_pb2
from tensorflow.core.protobuf import saved_model_pb2

from keras_gans import exports
from keras_gans.commands.verify_export import table
from keras_gans.exports import exporter, graph_checks, probe, runtime_checks, warmup
from keras_gans.exports.graph_checks import Broken
from keras_gans.exports.runtime import Runtime, RuntimeFailure
from keras_gans.exports.runtime_checks import Loaded
from keras_gans.exports.signature import Signature
from keras_gans.exports.signatures import GameSignatures

CHECKS = [
    *("tag", "signatures", "types", "rows", "operations", "compilation"),
    *("loading", "warm-up", "probe", "pictures", "independence", "limits"),
]


def failures(folder):
    """`{name: detail}` of the checks that fail."""
    return {check.name: check.detail for check in exports.verify(folder).checks if not check.passed}


@pytest.fixture
def copied(exported, tmp_path):
    """An export to damage."""
    return shutil.copytree(exported, tmp_path / "1")


@pytest.fixture(scope="module")
def runtime(exported):
    with Runtime(exported) as runtime:
        yield runtime


@pytest.fixture
def loaded(copied, runtime):
    """An export that runs and whose files beside the graph can be damaged."""
    return Loaded(copied, graph_checks.read(copied), runtime)


def edit_graph(folder, change):
    path = folder / "saved_model.pb"
    saved_model = saved_model_pb2.SavedModel.FromString(path.read_bytes())
    change(saved_model.meta_graphs[0])
    path.write_bytes(saved_model.SerializeToString())


def test_a_sound_export_passes(exported):
    report = exports.verify(exported)
    report.raise_failures()
    assert [check.name for check in report.checks] == CHECKS and report.passed
    details = {check.name: check.detail for check in report.checks}
    assert details["loading"] == f"TensorFlow {tf.__version__}" and details["warm-up"] == "30 requests answered"
    assert len(table(report).rows) == len(CHECKS)


# ---- What is written in the graph.


def lose_tag(graph):
    del graph.meta_info_def.tags[:]
    graph.meta_info_def.tags.append("train")


def lose_signature(graph):
    del graph.signature_def["serving_default"]


def give_half_precision(graph):
    graph.signature_def["generate"].outputs["images"].dtype = types_pb2.DT_HALF


def name_files_plainly(graph):
    outputs = graph.signature_def["sample_png"].outputs
    outputs["files"].CopyFrom(outputs["image_bytes"])
    del outputs["image_bytes"]


def fix_the_number_of_rows(graph):
    graph.signature_def["sample"].inputs["seed"].tensor_shape.dim[0].size = 4


def take_a_scalar(graph):
    del graph.signature_def["sample"].inputs["seed"].tensor_shape.dim[:]


def ask_for_xla(graph):
    graph.graph_def.library.function[0].attr["_XlaMustCompile"].b = True


def draw_random_numbers(graph):
    graph.graph_def.library.function[0].node_def.add(name="noise", op="RandomStandardNormal")


def read_files(graph):
    graph.graph_def.library.function[0].node_def.add(name="read", op="ReadFile")


@pytest.mark.parametrize(
    ("change", "check", "detail"),
    [
        (lose_tag, "tag", "Expected a graph with the tag serve, received graphs with the tags: [['train']]"),
        (lose_signature, "signatures", "received none named: serving_default"),
        (give_half_precision, "types", "received: images of generate, float16"),
        (name_files_plainly, "types", "Expected a string output named ..._bytes, received: files of sample_png"),
        (fix_the_number_of_rows, "rows", "received: input seed of sample with shape [4]"),
        (take_a_scalar, "rows", "received: input seed of sample with shape []"),
        (ask_for_xla, "compilation", "Expected no jit_compile"),
        (draw_random_numbers, "operations", "received: RandomStandardNormal"),
        (read_files, "operations", "received: ReadFile"),
    ],
)
def test_a_wrong_graph_is_found(copied, change, check, detail):
    edit_graph(copied, change)
    assert detail in failures(copied)[check]


def test_a_graph_that_is_none_is_found(copied):
    (copied / "saved_model.pb").write_bytes(b"\xff damaged")
    assert list(failures(copied)) == ["tag"]


def test_no_export_at_all_is_found(tmp_path):
    assert "Expected a version directory" in failures(tmp_path)["tag"]


# ---- What lies beside it.


def test_damaged_variables_are_found(copied):
    (path,) = (copied / "variables").glob("variables.data-*")
    damaged = bytearray(path.read_bytes())
    damaged[len(damaged) // 2] ^= 0xFF
    path.write_bytes(damaged)
    found = failures(copied)
    assert list(found) == ["loading"] and "Checksum" in found["loading"]


def test_missing_variables_are_found(copied):
    shutil.rmtree(copied / "variables")
    assert "Could not find variable" in failures(copied)["warm-up"]


def record(folder, name, inputs):
    with tf.io.TFRecordWriter(str(folder / warmup.FILE)) as writer:
        writer.write(warmup.encode(name, inputs))


def test_missing_requests_are_found(loaded):
    (loaded.folder / warmup.FILE).unlink()
    with pytest.raises(FileNotFoundError, match="no such file"):
        runtime_checks.check_warmup(loaded)


def test_requests_of_too_few_sizes_are_found(loaded):
    record(loaded.folder, "sample", {"seed": np.arange(2)})
    with pytest.raises(Broken, match=r"received none of: \[\('generate', 1\),"):
        runtime_checks.check_warmup(loaded)


@pytest.mark.parametrize(
    ("name", "inputs", "message"),
    [
        ("smaple", {"seed": np.arange(2)}, "received: one to 'smaple'"),
        ("sample", {"seed": np.arange(2.0)}, "Expects arg.* to be int64 but double is provided"),
        ("sample", {"noise": np.arange(2)}, r"Expected the inputs \['seed'\] of sample, received: \['noise'\]"),
        ("sample", {"seed": np.arange(300)}, "Expected at most 256 rows"),
    ],
)
def test_requests_that_a_server_cannot_answer_are_found(loaded, name, inputs, message):
    record(loaded.folder, name, inputs)
    with pytest.raises((Broken, RuntimeFailure), match=message):
        runtime_checks.check_warmup(loaded)


def test_answers_of_another_length_are_found(exported):
    class OneRow:
        def call(self, signature, inputs):
            return {name: np.zeros(1) for name in signature.outputs}

    loaded = Loaded(exported, graph_checks.read(exported), OneRow())
    with pytest.raises(Broken, match="Expected 2 rows, received: 1 of images of serving_default"):
        runtime_checks.check_warmup(loaded)


@pytest.mark.parametrize("name", ["sample", "generate", "score"])
def test_another_probe_is_found(loaded, name):
    made = probe.read(loaded.folder)
    (output,) = made["signatures"][name]["outputs"].values()
    output["values"][2][0] += 2.0
    probe.write(loaded.folder, made)
    with pytest.raises(Broken, match=f"of {name} differ from the probe. Expected deviations of at most"):
        runtime_checks.check_probe(loaded)


def test_a_probe_of_other_signatures_is_found(loaded):
    made = probe.read(loaded.folder)
    del made["signatures"]["score"]
    probe.write(loaded.folder, made)
    with pytest.raises(Broken, match="Expected a probe of each signature"):
        runtime_checks.check_probe(loaded)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"signatures": {}}', '{"most_rows": 1, "signatures": {}}'])
def test_a_damaged_probe_is_found(loaded, text):
    (loaded.folder / probe.FILE).write_text(text)
    with pytest.raises(ValueError, match="Expected a probe"):
        runtime_checks.check_probe(loaded)


# ---- What the functions do.


def write(game, folder):
    """An export that is not verified."""
    folder.mkdir()
    exporter.write(game, folder, "broken")
    return folder


def test_python_is_found(game, tmp_path, monkeypatch):
    """It loads and runs in Python, and fails in the first request to a server."""

    def sample(self, seed, *rest):
        images = tf.numpy_function(lambda seed: np.zeros((len(seed), 8, 8, 1), "uint8"), [seed], tf.uint8)
        return {"images": tf.ensure_shape(images, (None, 8, 8, 1))}

    monkeypatch.setattr(GameSignatures, "sample", sample)
    folder = write(game, tmp_path / "1")
    assert failures(folder) == {"operations": "Expected operations that need no Python, received: PyFunc"}
    signature = graph_checks.signatures(graph_checks.read(folder))["sample"]
    with Runtime(folder) as runtime, pytest.raises(RuntimeFailure, match="No OpKernel was registered .* 'PyFunc'"):
        runtime.call(signature, {"seed": np.arange(2)})


def test_compilation_is_found(game, tmp_path, monkeypatch):
    original = GameSignatures.images
    monkeypatch.setattr(
        GameSignatures,
        "images",
        lambda self, latents, label=None: tf.function(lambda z: original(self, z), jit_compile=True)(latents),
    )
    assert "with _XlaMustCompile" in failures(write(game, tmp_path / "1"))["compilation"]


def test_rows_that_depend_on_each_other_are_found(game, tmp_path, monkeypatch):
    original = GameSignatures.latents
    monkeypatch.setattr(
        GameSignatures, "latents", lambda self, seed, *rest: original(self, seed - tf.reduce_min(seed), *rest)
    )
    found = failures(write(game, tmp_path / "1"))
    assert list(found) == ["independence"]
    assert "Expected row 1 to be the same without its neighbours" in found["independence"]


def test_other_pictures_are_found(game, tmp_path, monkeypatch):
    def sample_png(self, seed):
        return {"image_bytes": tf.io.encode_png(255 - self.sample(seed)["images"])}

    monkeypatch.setattr(GameSignatures, "sample_png", sample_png)
    assert list(failures(write(game, tmp_path / "1"))) == ["pictures"]


def test_a_graph_without_limits_is_found(game, tmp_path, monkeypatch):
    monkeypatch.setattr(Signature, "_checks", lambda self, rows, most_rows: ())
    found = failures(write(game, tmp_path / "1"))
    assert found == {"limits": "Expected 257 rows to be refused, received: images"}
