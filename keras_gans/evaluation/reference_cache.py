"""What has been computed of reference images once, kept by the hash of their content."""

import hashlib
import os
import pathlib
import zipfile

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
        try:
            with np.load(self._path(key, kind), allow_pickle=False) as stored:
                if kind == "statistics":
                    return FeatureStatistics(stored["mean"], stored["covariance"], int(stored["count"]))
                return stored["rows"]
        except (OSError, KeyError, ValueError, EOFError, zipfile.BadZipFile):
            return None

    def put(self, key, kind, value):
        """Stores statistics or rows under a key, a tuple of strings."""
        arrays = vars(value) if kind == "statistics" else {"rows": value}
        path = self._path(key, kind)
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = path.with_name(f"{path.name}.{os.getpid()}.part")
        with open(aside, "wb") as file:
            np.savez(file, **arrays)
        os.replace(aside, path)

    def _path(self, key, kind):
        name = hashlib.sha256("\n".join([*key, kind]).encode()).hexdigest()
        return self.folder / f"{name}.npz"
