"""Statistics of batches are those of the whole, however it was cut, and merge."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keras_gans.metrics import FeatureStatistics, StreamingStatistics, feature_statistics


def features(n=500, d=5, seed=0):
    return 100.0 + np.random.default_rng(seed).normal(size=(n, d))


def assert_equal(mine, expected, rtol=1e-12):
    for one, other in zip(mine, expected, strict=True):
        np.testing.assert_allclose(one, other, rtol=rtol, atol=rtol)


def test_mean_and_unbiased_covariance():
    rows = features()
    assert_equal(feature_statistics(rows), (rows.mean(axis=0), np.cov(rows, rowvar=False), 500))


def test_worked_example():
    mean, covariance, count = feature_statistics([[1, 2], [3, 6]])
    np.testing.assert_array_equal(mean, [2, 4])
    np.testing.assert_array_equal(covariance, [[2, 4], [4, 8]])
    assert count == 2


@pytest.mark.parametrize("size", [1, 7, 100, 500])
def test_batch_size_changes_nothing(size, monkeypatch):
    monkeypatch.setattr(StreamingStatistics, "block", 64)
    rows = features()
    stream = StreamingStatistics()
    for start in range(0, len(rows), size):
        stream.update(rows[start : start + size])
    for mine, whole in zip(stream.result(), feature_statistics(rows), strict=True):
        np.testing.assert_array_equal(mine, whole)


def test_offset_costs_no_digits():
    # E[x x'] - m m' would lose 16 of 16 digits here; float32 features are read as they are.
    rows = np.float32(2**24) + 2 * np.random.default_rng(0).integers(0, 5, (3000, 3)).astype("float32")
    assert_equal(feature_statistics(rows).covariance, np.cov(rows.astype("float64"), rowvar=False), rtol=1e-9)


@settings(deadline=None, max_examples=25)
@given(st.integers(1, 40), st.integers(1, 40), st.integers(0, 100))
def test_merged_is_whole_and_symmetric(first, second, seed):
    rows = features(first + second, 3, seed)
    a, b = feature_statistics(rows[:first]), feature_statistics(rows[first:])
    assert_equal(a.merge(b), feature_statistics(rows), rtol=1e-9)
    assert_equal(a.merge(b), b.merge(a), rtol=1e-9)


def test_rows_and_statistics_mix():
    rows = features()
    stream = StreamingStatistics(feature_statistics(rows[:100])).update(rows[100:130])
    stream.update_statistics(feature_statistics(rows[130:400])).result()
    assert_equal(stream.update(rows[400:]).result(), feature_statistics(rows))
    assert stream.count == 500


def test_memory_of_a_batch_may_be_filled_again():
    rows, buffer, stream = features(), np.empty((100, 5)), StreamingStatistics()
    for start in range(0, 500, 100):
        buffer[:] = rows[start : start + 100]
        stream.update(buffer)
    assert_equal(stream.result(), feature_statistics(rows))


def test_results_are_snapshots():
    stream = StreamingStatistics().update(features())
    before = stream.result()
    kept = FeatureStatistics(before.mean.copy(), before.covariance.copy(), before.count)
    stream.update(features(seed=1)).result()
    assert_equal(before, kept)


def test_one_row_is_a_point():
    assert_equal(feature_statistics([[1.0, 2.0]]), ([1.0, 2.0], np.zeros((2, 2)), 1))


def test_constant_rows_have_no_covariance():
    covariance = feature_statistics(np.full((3000, 4), 0.1)).covariance
    assert np.abs(covariance).max() < 1e-28


def test_refused():
    with pytest.raises(ValueError, match="at least one row"):
        StreamingStatistics().result()
    with pytest.raises(ValueError, match="Expected 5 features per row, as before, received: 4"):
        StreamingStatistics().update(features()).update(features(d=4))
    with pytest.raises(ValueError, match="Expected 5 features per row, as before, received: 4"):
        feature_statistics(features()).merge(feature_statistics(features(d=4)))
    with pytest.raises(ValueError, match=r"shapes \(2,\) and \(3, 3\), count=5"):
        StreamingStatistics().update_statistics((np.ones(2), np.eye(3), 5))
    with pytest.raises(ValueError, match="row 3"):
        StreamingStatistics().update(np.where(np.arange(5)[:, None] == 3, np.inf, 0.0))
