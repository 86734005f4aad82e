"""A SavedModel in TensorFlow's C session: the loader and the runtime of TensorFlow Serving, without Python's kernels.

A program that `runtime.py` starts: it never imports TensorFlow (which would crash beside the loaded library), so what
runs here runs in a server too. Requests and replies are pickled on its standard input and output:

    -> (feeds {tensor name: array}, fetches [tensor name])
    <- ("ok", [array]) or ("error", message); the first reply, before any request, is about loading the model

Usage: python c_session.py FOLDER_OF_THE_PACKAGE_TENSORFLOW VERSION_DIRECTORY
"""

import ctypes
import os
import pathlib
import pickle
import sys

import numpy as np

# TF_DataType.
_NUMBERS = {1: "float32", 2: "float64", 3: "int32", 4: "uint8", 9: "int64", 10: "bool"}
_CODES = {np.dtype(name): code for code, name in _NUMBERS.items()}
_STRING, _STRING_BYTES = 7, 24


class _Output(ctypes.Structure):
    _fields_ = [("operation", ctypes.c_void_p), ("index", ctypes.c_int)]


class SessionError(Exception):
    """What TensorFlow said."""


class Session:
    """A loaded SavedModel.

    Args:
        library: path of libtensorflow_cc.
        path: version directory.
    """

    def __init__(self, library, path):
        self.library = ctypes.CDLL(str(library), mode=ctypes.RTLD_GLOBAL)
        for name in ("NewStatus", "NewGraph", "NewSessionOptions", "LoadSessionFromSavedModel", "AllocateTensor"):
            getattr(self.library, f"TF_{name}").restype = ctypes.c_void_p
        for name in ("GraphOperationByName", "TensorData"):
            getattr(self.library, f"TF_{name}").restype = ctypes.c_void_p
        for name in ("Message", "Version"):
            getattr(self.library, f"TF_{name}").restype = ctypes.c_char_p
        for name in ("TensorByteSize", "TensorElementCount"):
            getattr(self.library, f"TF_{name}").restype = ctypes.c_size_t
        self.library.TF_Dim.restype = ctypes.c_int64
        self.status = ctypes.c_void_p(self.library.TF_NewStatus())
        self.graph = ctypes.c_void_p(self.library.TF_NewGraph())
        options = ctypes.c_void_p(self.library.TF_NewSessionOptions())
        tags = (ctypes.c_char_p * 1)(b"serve")
        directory = os.fsencode(path)
        self.session = ctypes.c_void_p(
            self.library.TF_LoadSessionFromSavedModel(options, None, directory, tags, 1, self.graph, None, self.status)
        )
        self._raise_error()

    @property
    def version(self):
        return self.library.TF_Version().decode()

    def run(self, feeds, fetches):
        """Arrays of the tensors named in `fetches`, with `feeds` given: `{tensor name: array}`."""
        sources = (_Output * len(feeds))(*(self._output(name) for name in feeds))
        values = (ctypes.c_void_p * len(feeds))(*(self._tensor(array) for array in feeds.values()))
        wanted = (_Output * len(fetches))(*(self._output(name) for name in fetches))
        results = (ctypes.c_void_p * len(fetches))()
        self.library.TF_SessionRun(
            *(self.session, None),
            *(sources, values, len(feeds)),
            *(wanted, results, len(fetches)),
            *(None, 0, None, self.status),
        )
        for value in values:
            self.library.TF_DeleteTensor(ctypes.c_void_p(value))
        self._raise_error()
        return [self._array(ctypes.c_void_p(result)) for result in results]

    def _output(self, name):
        operation, _, index = name.partition(":")
        found = self.library.TF_GraphOperationByName(self.graph, operation.encode())
        if not found:
            raise SessionError(f"Expected an operation named {operation} in the graph, received: none")
        return _Output(found, int(index or 0))

    def _tensor(self, array):
        array = np.ascontiguousarray(array)
        dimensions = (ctypes.c_int64 * array.ndim)(*array.shape)
        size = ctypes.c_size_t(array.nbytes)
        tensor = self.library.TF_AllocateTensor(_CODES[array.dtype], dimensions, array.ndim, size)
        data = self.library.TF_TensorData(ctypes.c_void_p(tensor))
        ctypes.memmove(data, array.ctypes.data, array.nbytes)
        return tensor

    def _array(self, tensor):
        code = self.library.TF_TensorType(tensor)
        shape = [self.library.TF_Dim(tensor, axis) for axis in range(self.library.TF_NumDims(tensor))]
        size, data = self.library.TF_TensorByteSize(tensor), self.library.TF_TensorData(tensor)
        if code == _STRING:
            count = self.library.TF_TensorElementCount(tensor)
            array = np.array([_string(data + index * _STRING_BYTES) for index in range(count)] + [None], object)[:-1]
        elif code in _NUMBERS:
            array = np.frombuffer(ctypes.string_at(data, size), _NUMBERS[code])
        else:
            raise SessionError(f"Expected an output of a type that JSON has, received: TF_DataType {code}")
        self.library.TF_DeleteTensor(tensor)
        return array.reshape(shape)

    def _raise_error(self):
        if self.library.TF_GetCode(self.status) != 0:
            raise SessionError(self.library.TF_Message(self.status).decode(errors="replace"))


def _string(address):
    """The bytes of a TF_TString, whose first two bits tell how it holds them."""
    first = ctypes.string_at(address, 1)[0]
    kind = first & 3
    if kind == 0:
        return ctypes.string_at(address + 1, first >> 2)
    if kind == 2:
        size, offset = np.frombuffer(ctypes.string_at(address, 8), "uint32").tolist()
        return ctypes.string_at(address + offset, size >> 2)
    size, *_, pointer = np.frombuffer(ctypes.string_at(address, 24 if kind == 1 else 16), "uint64").tolist()
    return ctypes.string_at(pointer, size >> 2)


def _attempt(function, *arguments):
    try:
        return "ok", function(*arguments)
    except (SessionError, KeyError) as error:
        return "error", str(error)


def main(package, path):
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # TensorFlow may print: nothing may come between the replies.
    libraries = sorted(pathlib.Path(package).glob("libtensorflow_cc.*"))
    if not libraries:
        pickle.dump(("error", f"Expected libtensorflow_cc in {package}, received: none"), replies)
        return
    outcome, loaded = _attempt(Session, libraries[0], path)
    pickle.dump((outcome, loaded.version if outcome == "ok" else loaded), replies)
    while outcome == "ok":
        replies.flush()
        try:
            feeds, fetches = pickle.load(sys.stdin.buffer)
        except EOFError:
            return
        pickle.dump(_attempt(loaded.run, feeds, fetches), replies)


if __name__ == "__main__":
    main(*sys.argv[1:])
