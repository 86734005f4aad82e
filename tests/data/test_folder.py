import numpy as np
import pytest
from PIL import Image

from keras_gans import data


def write(path, value, mode="L", size=(6, 4)):
    """A file of one colour, 6 wide and 4 high, that loses nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new(mode, size, value).save(path)
    return path


def test_files_are_taken_in_the_order_of_their_names(tmp_path):
    for name, value in {"b.png": 2, "a.png": 1, "c.BMP": 3}.items():
        write(tmp_path / name, value)
    write(tmp_path / ".hidden.png", 9)
    (tmp_path / "notes.txt").write_text("not an image")
    images, labels = data.arrays(tmp_path)
    assert images.shape == (3, 4, 6, 1) and images[:, 0, 0, 0].tolist() == [1, 2, 3] and labels is None


def test_sub_folders_are_the_classes(tmp_path):
    for name, value in {"cat/1.png": 10, "cat/2.png": 11, "ant/1.png": 20}.items():
        write(tmp_path / name, value)
    images, labels = data.arrays(str(tmp_path))
    assert images[:, 0, 0, 0].tolist() == [20, 10, 11] and labels.tolist() == [0, 1, 1]


def test_sub_folders_may_be_splits(tmp_path):
    for name, value in {"train/a/1.png": 1, "train/b/1.png": 2, "test/a/1.png": 3}.items():
        write(tmp_path / name, value)
    assert data.arrays(tmp_path)[1].tolist() == [0, 1]
    assert data.arrays(tmp_path, split="test")[0].max() == 3
    with pytest.raises(ValueError, match=r"\(train, test\), received: split='val'"):
        data.arrays(tmp_path, split="val")


def test_one_coloured_image_makes_all_rgb(tmp_path):
    write(tmp_path / "a.png", 7)
    write(tmp_path / "b.png", (1, 2, 3), mode="RGB")
    write(tmp_path / "c.png", (4, 5, 6, 128), mode="RGBA")
    assert data.arrays(tmp_path)[0][:, 0, 0].tolist() == [[7, 7, 7], [1, 2, 3], [4, 5, 6]]


def test_different_sizes_need_an_image_size(tmp_path):
    write(tmp_path / "a.png", 1)
    write(tmp_path / "b.png", 2, size=(8, 8))
    with pytest.raises(ValueError, match="image_size.*b.png.*4x6"):
        data.arrays(tmp_path)
    assert data.arrays(tmp_path, image_size=(5, 3))[0].shape == (2, 5, 3, 1)


def test_corrupt_images_are_named(tmp_path):
    write(tmp_path / "a.png", 1)
    (tmp_path / "broken.png").write_bytes(b"\x89PNG but not really")
    with pytest.raises(ValueError, match="decoded, received: .*broken.png"):
        data.arrays(tmp_path)


def test_truncated_images_are_named(tmp_path):
    path = tmp_path / "cut.jpg"
    Image.fromarray(np.random.default_rng(0).integers(256, size=(64, 64, 3), dtype="uint8")).save(path)
    path.write_bytes(path.read_bytes()[:-2000])
    with pytest.raises(ValueError, match="decoded, received: .*cut.jpg"):
        data.arrays(tmp_path)


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("suffix", [".png", ".jpg", ".bmp", ".gif", ".webp", ".tif"])
def test_damage_anywhere_gives_an_image_or_names_it(tmp_path, suffix):
    random = np.random.default_rng(0)
    path = tmp_path / f"damaged{suffix}"
    Image.fromarray(random.integers(256, size=(16, 16, 3), dtype="uint8")).save(path)
    sound = np.frombuffer(path.read_bytes(), "uint8")
    for _ in range(30):
        damaged = sound.copy()
        damaged[random.integers(len(sound), size=4)] = random.integers(256, size=4)
        path.write_bytes(damaged.tobytes())
        try:
            images, _ = data.arrays(tmp_path, image_size=16)
        except ValueError as error:
            assert path.name in str(error)
        else:
            assert images.shape[:3] == (1, 16, 16)


def test_sixteen_bit_images_are_refused(tmp_path):
    Image.fromarray(np.full((4, 4), 40_000, "uint16")).save(tmp_path / "deep.png")
    with pytest.raises(ValueError, match="8 bits.*deep.png"):
        data.arrays(tmp_path)


def test_empty_folders_are_refused(tmp_path):
    (tmp_path / "cats").mkdir()
    with pytest.raises(ValueError, match="Expected images .*received: none"):
        data.arrays(tmp_path)


def test_images_beside_classes_are_refused(tmp_path):
    write(tmp_path / "loose.png", 1)
    write(tmp_path / "cats" / "1.png", 1)
    with pytest.raises(ValueError, match="both, e.g. loose.png beside the folder cats"):
        data.arrays(tmp_path)


def test_other_files_and_missing_paths_are_refused(tmp_path):
    with pytest.raises(ValueError, match="received: the file .*a.png"):
        data.arrays(write(tmp_path / "a.png", 1))
    with pytest.raises(FileNotFoundError, match="nowhere"):
        data.arrays(tmp_path / "nowhere")


@pytest.fixture
def faces(tmp_path):
    random = np.random.default_rng(0)
    for index in range(12):
        path = tmp_path / str(index % 3) / f"{index}.png"
        path.parent.mkdir(exist_ok=True)
        Image.fromarray(random.integers(256, size=(6, 5, 3), dtype="uint8")).save(path)
    return tmp_path


def test_a_folder_beyond_the_memory_limit_gives_the_same_batches(faces):
    kept, streamed = (
        list(data.load(faces, image_size=4, batch_size=5, labels=True, seed=1, memory_limit=limit))
        for limit in (12 * 4 * 4 * 3, 12 * 4 * 4 * 3 - 1)
    )
    assert len(kept) == len(streamed) == 2
    for one, other in zip(kept, streamed, strict=True):
        assert one[0].shape == other[0].shape == (5, 4, 4, 3)
        assert np.array_equal(one[0], other[0]) and np.array_equal(one[1], other[1])


def test_a_streamed_folder_names_an_image_that_is_cut(faces):
    (path,) = faces.glob("*/7.png")
    path.write_bytes(path.read_bytes()[:-40])
    batches = data.load(faces, batch_size=12, memory_limit=0)
    with pytest.raises(Exception, match="decoded, received: .*7.png"):
        next(iter(batches))
