import numpy as np
import pytest

from keras_gans.data.checks import check_images, check_labels

GOOD = {
    "uint8": np.zeros((2, 4, 5, 3), "uint8"),
    "float32 at the ends of the range": np.array([-1.0, 1.0], "float32").reshape(2, 1, 1, 1),
    "a rounding error above 1": np.full((1, 2, 2, 1), 1 + 1e-6, "float32"),
    "float16": np.zeros((1, 2, 2, 4), "float16"),
    "float64": np.zeros((1, 2, 2, 2)),
    "points far from the origin": np.array([[1e6, -1e6]]),
}


def holding(value, dtype="float32"):
    images = np.zeros((3, 2, 2, 1), dtype)
    images[2, 1, 0, 0] = value
    return images


BAD = {
    "grey images without the channel axis": (np.zeros((2, 4, 4), "uint8"), ValueError, r"\[\.\.\., None\]"),
    "one number per row": (np.zeros(3, "float32"), ValueError, r"\(n, height, width, channels\)"),
    "channels first": (np.zeros((2, 3, 8, 8), "uint8"), ValueError, r"transpose\(0, 2, 3, 1\)"),
    "five channels": (np.zeros((2, 8, 8, 5), "uint8"), ValueError, "1 to 4 channels"),
    "no images": (np.zeros((0, 8, 8, 1), "uint8"), ValueError, "at least one"),
    "int64": (np.zeros((2, 4, 4, 1), "int64"), TypeError, r"astype\('uint8'\)"),
    "bool": (np.zeros((2, 4, 4, 1), "bool"), TypeError, "dtype=bool"),
    "uint8 points": (np.zeros((2, 2), "uint8"), TypeError, "floating"),
    "strings": (np.array([["a"]]), TypeError, "floating"),
    "floats in 0..255": (holding(254.0), ValueError, r"/ 127.5 - 1.*from 0 to 254"),
    "floats a little out of range": (holding(-1.5), ValueError, r"clip\(-1, 1\).*from -1.5 to 0"),
    "NaN": (holding(np.nan), ValueError, "1 of 3 examples, the first at index 2"),
    "infinity": (holding(-np.inf), ValueError, "first at index 2"),
    "NaN in points": (np.array([[0.0, np.nan]]), ValueError, "finite"),
}


@pytest.mark.parametrize("images", GOOD.values(), ids=GOOD)
def test_good_images_come_back_as_they_are(images):
    assert check_images(images) is images


@pytest.mark.parametrize(("images", "error", "message"), BAD.values(), ids=BAD)
def test_bad_images_are_refused_in_one_sentence(images, error, message):
    with pytest.raises(error, match=message) as raised:
        check_images(images, name="photos")
    text = str(raised.value)
    assert text.startswith("Expected ") and "photos" in text and "received: " in text and "\n" not in text


def test_the_wanted_shape_is_part_of_the_sentence():
    images = np.zeros((2, 28, 28, 1), "uint8")
    check_images(images, image_shape=(28, 28, 1))
    with pytest.raises(ValueError, match=r"\(n, 32, 32, 3\), received: shape=\(2, 28, 28, 1\)"):
        check_images(images, image_shape=(32, 32, 3))
    with pytest.raises(ValueError, match=r"\(n, 2\)"):
        check_images(np.zeros((5, 3)), image_shape=(2,))


def test_labels_become_int32():
    labels = check_labels(np.array([0, 7], "uint8"), 2)
    assert labels.dtype == np.int32 and labels.tolist() == [0, 7]


@pytest.mark.parametrize(
    ("labels", "error", "message"),
    [
        ([0.0, 1.0], TypeError, "integer dtype"),
        ([0, 1, 2], ValueError, r"shape \(2,\)"),
        ([[0, 1], [1, 0]], ValueError, "argmax"),
        ([0, -1], ValueError, "at least 0"),
    ],
)
def test_bad_labels_are_refused(labels, error, message):
    with pytest.raises(error, match=message):
        check_labels(labels, 2)
