"""Arrays to `TensorProto`s with their values in typed fields, as TensorFlow Serving sends them."""

import numpy as np
import tensorflow as tf

_FIELDS = {
    tf.float32: "float_val",
    tf.float64: "double_val",
    tf.int8: "int_val",
    tf.uint8: "int_val",
    tf.int16: "int_val",
    tf.uint16: "int_val",
    tf.int32: "int_val",
    tf.int64: "int64_val",
    tf.uint32: "uint32_val",
    tf.uint64: "uint64_val",
    tf.bool: "bool_val",
    tf.string: "string_val",
    tf.complex64: "scomplex_val",
    tf.complex128: "dcomplex_val",
    tf.float16: "half_val",
    tf.bfloat16: "half_val",
}


def fill(proto, array, dtype, as_content=False):
    """Writes an array into a `TensorProto`.

    Args:
        proto: an empty `TensorProto`.
        array: the array.
        dtype: its `tf.DType`.
        as_content: whether to write raw bytes, which only `tf.make_ndarray` and its like read.
    """
    proto.dtype = dtype.as_datatype_enum
    proto.tensor_shape.SetInParent()
    for size in array.shape:
        proto.tensor_shape.dim.add(size=size)
    if as_content and dtype != tf.string:
        proto.tensor_content = array.tobytes()
        return
    flat = array.ravel()
    if _FIELDS[dtype] == "half_val":
        flat = flat.view(np.uint16)
    elif dtype.is_complex:
        flat = flat.view(dtype.real_dtype.as_numpy_dtype)
    getattr(proto, _FIELDS[dtype]).extend(flat.tolist())
