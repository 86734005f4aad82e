"""What has been computed of reference images once, kept by the hash of their content."""

import hashlib
import os
import pathlib
import warnings

import numpy as np

from keras_gans.metrics.statistics import FeatureStatistics


def default_folder():
    """`KERAS_GANS_CACHE`, or `~/.cache/keras_gans`, and there `references`."""
    root = os.environ.get("KERAS_GANS_CACHE") or os.path.join(os.path.expanduser("~"), ".cache", "keras_gans")
    return pathlib.Path(root) / "references"


class ReferenceCache:
    """Statistics and features of reference images, one `.npz` each, named by what they depend on.

    The name is the sha256 of the images' digest, the extractor's identity and the kind, so that a file never is out of
    date; files are written aside and renamed, so that a reader never sees half of one. No pickles.

    Args:
        folder: where they lie; None: `default_folder()`.
    """

    def __init__(self, folder=None):
        self.folder = pathlib.Path(folder) if folder is not None else default_folder()

    def get(self, key, kind):
        """`FeatureStatistics` (kind "statistics") or an array of rows; None where there is none, or a damaged one."""
        path = self._path(key, kind)
        if not path.is_file():
            return None
        try:
            with np.load(path, allow_pickle=False) as stored:
                if kind == "statistics":
                    return FeatureStatistics(stored["mean"], stored["covariance"], int(stored["count"]))
                return stored["rows"]
        except Exception as error:  # NumPy and zipfile raise what they like for damaged bytes
            warnings.warn(f"{path} is damaged and is computed anew ({error}).", stacklevel=2)
            return None

    def put(self, key, kind, value):
        """Stores statistics or rows under a key, a tuple of strings; where that fails, a warning says so."""
        arrays = vars(value) if kind == "statistics" else {"rows": value}
        try:
            _write(self._path(key, kind), arrays)
        except OSError as error:  # a full or read-only disk costs time, not the score
            warnings.warn(f"Nothing is kept of the reference images: {error}.", stacklevel=2)

    def _path(self, key, kind):
        name = hashlib.sha256("\n".join([*key, kind]).encode()).hexdigest()
        return self.folder / f"{name}.npz"


def _write(path, arrays):
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with open(aside, "wb") as file:
            np.savez(file, **arrays)
        os.replace(aside, path)
    finally:
        aside.unlink(missing_ok=True)
