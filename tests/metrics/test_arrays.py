"""What metrics accept, and the sentence that names what they do not."""

import numpy as np
import pytest

from keras_gans.metrics import arrays


@pytest.mark.parametrize("dtype", ["float32", "float16", "int8", "bool"])
def test_features_become_float64(dtype):
    features = arrays.as_features(np.ones((2, 3), dtype))
    assert features.dtype == np.float64 and features.shape == (2, 3)


def test_float64_is_not_copied():
    features = np.ones((2, 3))
    assert arrays.as_features(features) is features


@pytest.mark.parametrize(
    ("features", "error", "message"),
    [
        (np.ones(3), ValueError, r"shape \(n, d\) with d >= 1, received: shape=\(3,\)"),
        (np.ones((3, 0)), ValueError, r"received: shape=\(3, 0\)"),
        (np.ones((0, 3)), ValueError, r"at least 1 rows of features, received: shape=\(0, 3\)"),
        (np.ones((2, 3), complex), TypeError, "received: dtype=complex128"),
        (np.array([["a"]]), TypeError, "received: dtype="),
        ([[0.0], [np.nan], [np.inf]], ValueError, "NaN or infinity in 2 rows, the first is row 1"),
    ],
)
def test_refused_features(features, error, message):
    with pytest.raises(error, match=message):
        arrays.as_features(features)


def test_pairs_have_one_width():
    with pytest.raises(ValueError, match=r"real \(2, 3\), generated \(2, 4\)"):
        arrays.as_feature_pair(np.ones((2, 3)), np.ones((2, 4)))


@pytest.mark.parametrize(
    ("images", "error"), [(np.zeros((1, 2, 2, 1)), TypeError), (np.zeros((2, 2, 1), "uint8"), ValueError)]
)
def test_refused_images(images, error):
    with pytest.raises(error, match="Expected images of"):
        arrays.as_images(images)


@pytest.mark.parametrize("value", [0, -1, 1.0, True, None])
def test_refused_counts(value):
    with pytest.raises(ValueError, match=f"integer of at least 1, received: k={value}"):
        arrays.check_positive_integer(k=value)
