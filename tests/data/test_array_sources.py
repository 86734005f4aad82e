import numpy as np
import pytest

from keras_gans import data


@pytest.fixture
def images():
    return np.random.default_rng(0).integers(256, size=(6, 8, 8, 3), dtype="uint8")


def write(path, **arrays):
    np.savez(path, **arrays)
    return path


def test_uint8_arrays_are_passed_through(images):
    found, labels = data.arrays(images)
    assert np.array_equal(found, images) and labels is None


def test_floats_return_to_the_levels_they_came_from(images):
    found, _ = data.arrays(images / 127.5 - 1)
    assert np.array_equal(found, images)


def test_a_tuple_holds_labels(images):
    _, labels = data.arrays((images, np.arange(6)))
    assert labels.dtype == np.int32 and labels.tolist() == list(range(6))


def test_resizing_is_antialiased():
    stripes = np.zeros((1, 16, 16, 1), "uint8")
    stripes[:, :, ::2] = 255
    found, _ = data.arrays(stripes, image_size=4)
    assert found.shape == (1, 4, 4, 1)
    assert np.abs(found[..., 0][:, :, 1:3].astype(int) - 127).max() < 20  # picking pixels would give 0 or 255


def test_resizing_keeps_the_channels_apart(images):
    found, _ = data.arrays(np.concatenate([images, np.zeros_like(images[..., :1])], axis=-1), image_size=(4, 6))
    assert found.shape == (6, 4, 6, 4)
    assert np.array_equal(found[..., :3], data.arrays(images, image_size=(4, 6))[0])


def test_npz_with_images_and_labels(tmp_path, images):
    found, labels = data.arrays(write(tmp_path / "a.npz", images=images, labels=np.arange(6)))
    assert np.array_equal(found, images) and labels.tolist() == list(range(6))


def test_npz_as_keras_writes_them(tmp_path, images):
    path = write(tmp_path / "a.npz", x_train=images[:4], y_train=np.arange(4), x_test=images[4:], y_test=np.arange(2))
    assert np.array_equal(data.arrays(str(path))[0], images[:4])
    test_images, test_labels = data.arrays(str(path), split="test")
    assert np.array_equal(test_images, images[4:]) and test_labels.tolist() == [0, 1]


def test_npz_without_the_split_names_its_arrays(tmp_path, images):
    path = write(tmp_path / "a.npz", pictures=images)
    with pytest.raises(ValueError, match="x_train, images, x .*received: pictures"):
        data.arrays(path)


def test_npz_of_objects_or_of_rubbish_is_refused(tmp_path):
    with pytest.raises(ValueError, match="plain arrays.*a.npz"):
        data.arrays(write(tmp_path / "a.npz", images=np.array([None, {}])))
    (tmp_path / "b.npz").write_bytes(b"no archive")
    with pytest.raises(ValueError, match="plain arrays.*b.npz"):
        data.arrays(tmp_path / "b.npz")


def test_bad_arrays_in_a_file_are_named(tmp_path):
    with pytest.raises(ValueError, match=r"images in .*a.npz in \[-1, 1\]"):
        data.arrays(write(tmp_path / "a.npz", images=np.full((2, 4, 4, 1), 255.0)))


@pytest.mark.parametrize(
    ("source", "split", "image_size", "error", "message"),
    [
        (np.zeros((4, 8, 8, 1), "uint8"), "test", None, ValueError, "split.*train.*'test'"),
        (np.zeros((4, 2)), "train", 8, ValueError, "no image_size for points"),
        (np.zeros((4, 8, 8, 1), "uint8"), "train", (8,), ValueError, r"pair \(height, width\).*image_size=\(8,\)"),
        (np.zeros((4, 8, 8, 1), "uint8"), "train", 0, ValueError, "image_size=0"),
        ((np.zeros((4, 8, 8, 1), "uint8"), [0, 1]), "train", None, ValueError, r"labels of shape \(4,\)"),
        ([np.zeros((4, 8, 8, 1), "uint8")], "train", None, TypeError, "data of type list"),
        (None, "train", None, TypeError, "data of type NoneType"),
    ],
)
def test_bad_arguments_are_refused(source, split, image_size, error, message):
    with pytest.raises(error, match=message):
        data.arrays(source, split, image_size)
