import os
import warnings

import numpy as np
import pytest

from keras_gans.evaluation import ReferenceCache
from keras_gans.metrics import feature_statistics

ROWS = np.random.default_rng(0).normal(size=(20, 3)).astype("float32")
KEY = ("sha256 of images", "extractor@0123", "features")


@pytest.fixture
def cache(tmp_path):
    return ReferenceCache(tmp_path / "references")


def test_rows_and_statistics_come_back_as_they_were(cache):
    statistics = feature_statistics(ROWS)
    cache.put(KEY, "rows", ROWS)
    cache.put(KEY, "statistics", statistics)
    np.testing.assert_array_equal(cache.get(KEY, "rows"), ROWS)
    found = cache.get(KEY, "statistics")
    np.testing.assert_array_equal(found.mean, statistics.mean)
    np.testing.assert_array_equal(found.covariance, statistics.covariance)
    assert found.count == 20


def test_another_key_is_another_file(cache):
    cache.put(KEY, "rows", ROWS)
    assert cache.get((*KEY[:2], "logits"), "rows") is None
    assert cache.get(KEY, "statistics") is None


def test_a_file_is_renamed_into_place_when_it_is_whole(cache, monkeypatch):
    def broken_off(file, **arrays):
        file.write(b"PK")
        raise OSError("No space left on device")

    monkeypatch.setattr(np, "savez", broken_off)
    with pytest.warns(UserWarning, match="Nothing is kept of the reference images: No space left"):
        cache.put(KEY, "rows", ROWS)
    assert os.listdir(cache.folder) == []


def test_a_folder_that_cannot_be_made_costs_a_warning_only(tmp_path):
    (tmp_path / "file").touch()
    with pytest.warns(UserWarning, match="Nothing is kept"):
        ReferenceCache(tmp_path / "file" / "references").put(KEY, "rows", ROWS)


def test_a_damaged_file_is_never_believed(cache):
    """Each byte of the file once flipped: the rows, or a warning and nothing."""
    cache.put(KEY, "rows", ROWS)
    (path,) = cache.folder.iterdir()
    whole = path.read_bytes()
    refused = 0
    for place in range(0, len(whole), 3):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        with warnings.catch_warnings(action="ignore"):
            found = cache.get(KEY, "rows")
        if found is None:
            refused += 1
        else:
            np.testing.assert_array_equal(found, ROWS)
    assert refused > len(whole) / 6


@pytest.mark.parametrize("content", [b"", b"PK", b"not a zip file"])
def test_a_cut_file_is_computed_anew(cache, content):
    cache.put(KEY, "rows", ROWS)
    (path,) = cache.folder.iterdir()
    path.write_bytes(content)
    with pytest.warns(UserWarning, match="is damaged and is computed anew"):
        assert cache.get(KEY, "rows") is None
    cache.put(KEY, "rows", ROWS)
    np.testing.assert_array_equal(cache.get(KEY, "rows"), ROWS)


def test_the_folder_is_the_environment_s(monkeypatch, tmp_path):
    monkeypatch.setenv("KERAS_GANS_CACHE", str(tmp_path))
    assert ReferenceCache().folder == tmp_path / "references"
