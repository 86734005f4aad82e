"""What can be read in an export's graph without running it; each check returns a phrase or raises `Broken`."""

import pathlib

import tensorflow as tf
from google.protobuf.message import DecodeError
from tensorflow.core.protobuf import saved_model_pb2

TAG = "serve"
REQUIRED = ("serving_default", "sample", "generate")
INPUT_TYPES = (tf.float32, tf.int32, tf.int64)
OUTPUT_TYPES = (tf.float32, tf.uint8, tf.string)
PYTHON_OPERATIONS = frozenset({"PyFunc", "PyFuncStateless", "EagerPyFunc"})
XLA_OPERATIONS = frozenset({"XlaCallModule", "XlaLaunch", "XlaLaunchV2", "_XlaCompile", "_XlaRun"})
FILE_OPERATIONS = frozenset({"ReadFile", "WriteFile", "MatchingFiles"})
RANDOM_OPERATIONS = frozenset(
    {
        *("RandomStandardNormal", "RandomUniform", "RandomUniformInt", "RandomShuffle", "TruncatedNormal"),
        *("RandomGamma", "RandomPoissonV2", "Multinomial", "StatefulStandardNormalV2", "StatefulUniform"),
    }
)


class Broken(ValueError):
    """Why an export must not be served."""


def read(folder):
    """The `MetaGraphDef` that a server loads from a version directory.

    Raises:
        FileNotFoundError: where there is no SavedModel.
        Broken: where it is damaged or has no graph for serving.
    """
    path = pathlib.Path(folder) / "saved_model.pb"
    if not path.is_file():
        raise FileNotFoundError(f"Expected a version directory (with {path.name}), received: {folder}")
    try:
        saved_model = saved_model_pb2.SavedModel.FromString(path.read_bytes())
    except DecodeError as error:
        raise Broken(f"Expected a SavedModel in {path}, received: {error}") from None
    graphs = [graph for graph in saved_model.meta_graphs if set(graph.meta_info_def.tags) == {TAG}]
    if not graphs:
        tags = [sorted(graph.meta_info_def.tags) for graph in saved_model.meta_graphs]
        raise Broken(f"Expected a graph with the tag {TAG}, received graphs with the tags: {tags}")
    return graphs[0]


def check_signatures(graph):
    """The signatures that every generator has are there, and they name what they take and give."""
    offered = signatures(graph)
    missing = [name for name in REQUIRED if name not in offered]
    if missing:
        raise Broken(f"Expected the signatures {', '.join(REQUIRED)}, received none named: {', '.join(missing)}")
    for name, signature in offered.items():
        if not signature.inputs or not signature.outputs:
            raise Broken(f"Expected named inputs and outputs, received: {name}, which lacks one side")
    return ", ".join(sorted(offered))


def check_types(graph):
    """Inputs and outputs are of types that REST can carry; binary outputs are named so that it encodes them."""
    for signature, side, name, tensor in _tensors(graph):
        dtype = tf.as_dtype(tensor.dtype)
        types = INPUT_TYPES if side == "input" else OUTPUT_TYPES
        if dtype not in types:
            wanted = ", ".join(kind.name for kind in types)
            raise Broken(f"Expected {side}s of type {wanted}, received: {name} of {signature}, {dtype.name}")
        if dtype == tf.string and not name.endswith("_bytes"):
            raise Broken(f"Expected a string output named ..._bytes, received: {name} of {signature}")
    return "float32, uint8 and strings named ..._bytes out"


def check_rows(graph):
    """Every tensor has one row per image, and any number of rows, so that requests can be merged."""
    for signature, side, name, tensor in _tensors(graph):
        sizes = [dimension.size for dimension in tensor.tensor_shape.dim]
        if tensor.tensor_shape.unknown_rank or not sizes or sizes[0] != -1:
            raise Broken(f"Expected any number of rows, received: {side} {name} of {signature} with shape {sizes}")
    return "any number of rows everywhere"


def check_operations(graph):
    """No Python, which a server does not have; no files; no random numbers but those of the seeds."""
    kinds = {node.op for node in _nodes(graph)}
    for forbidden, why in (
        (PYTHON_OPERATIONS, "operations that need no Python"),
        (FILE_OPERATIONS, "operations that leave files alone"),
        (RANDOM_OPERATIONS, "no random numbers but those of the seeds"),
        (XLA_OPERATIONS, "operations that need no XLA"),
    ):
        found = sorted(kinds & forbidden)
        if found:
            raise Broken(f"Expected {why}, received: {', '.join(found)}")
    return f"{len(kinds)} kinds, none of them Python's, of files or of hidden randomness"


def check_compilation(graph):
    """No function asks for XLA, which servers leave off."""
    for function in graph.graph_def.library.function:
        if _asks_for_xla(function):
            raise Broken(f"Expected no jit_compile, received: {function.signature.name} with _XlaMustCompile")
    for node in _nodes(graph):
        if _asks_for_xla(node):
            raise Broken(f"Expected no jit_compile, received: {node.name} with _XlaMustCompile")
    return "no function asks for XLA"


def signatures(graph):
    """`{name: SignatureDef}` without the one that TensorFlow adds for itself."""
    return {name: graph.signature_def[name] for name in graph.signature_def if not name.startswith("__")}


def _tensors(graph):
    for name, signature in sorted(signatures(graph).items()):
        for side, tensors in (("input", signature.inputs), ("output", signature.outputs)):
            for tensor_name in sorted(tensors):
                yield name, side, tensor_name, tensors[tensor_name]


def _nodes(graph):
    yield from graph.graph_def.node
    for function in graph.graph_def.library.function:
        yield from function.node_def


def _asks_for_xla(definition):
    return "_XlaMustCompile" in definition.attr and definition.attr["_XlaMustCompile"].b
