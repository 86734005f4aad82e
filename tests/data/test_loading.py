import importlib.util
import os
import subprocess
import sys
import textwrap

import numpy as np
import pytest

from keras_gans import data
from keras_gans.data import pipeline

COUNT = 40


def numbered(**options):
    """Examples that carry their number, eight per element."""
    points = np.stack([np.arange(COUNT), np.zeros(COUNT)], axis=1).astype("float32")
    return data.load(points, **{"batch_size": 4, "discriminator_steps": 2, "seed": 3} | options)


def epoch(dataset):
    return [batch[:, 0].tolist() for batch in dataset.as_numpy_iterator()]


def run(script, **environment):
    """Runs a script in a process of its own, for what a started TensorFlow no longer allows."""
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def test_images_are_scaled_to_plus_minus_one():
    images = np.arange(256, dtype="uint8").reshape(4, 8, 8, 1)
    (batch,) = data.load(images, batch_size=4, shuffle=False)
    batch = batch.numpy()
    assert batch.dtype == np.float32 and batch.min() == -1 and batch.max() == 1
    assert np.array_equal(np.rint((batch + 1) * 127.5).astype("uint8"), images)


def test_labels_stay_with_their_images():
    images = np.repeat(np.arange(COUNT, dtype="uint8"), 4).reshape(COUNT, 2, 2, 1)
    for batch, labels in data.load((images, np.arange(COUNT)), batch_size=4, labels=True):
        assert labels.dtype == "int32"
        assert np.array_equal(np.rint((batch[:, 0, 0, 0] + 1) * 127.5), labels)


def test_shapes_and_length_are_known_before_the_first_batch():
    dataset = data.load("digits", batch_size=16, discriminator_steps=3, labels=True)
    images, labels = dataset.element_spec
    assert images.shape == (48, 28, 28, 1) and labels.shape == (48,) and len(dataset) == 1500 // 48


def test_an_epoch_has_every_example_once_but_for_the_dropped_rest():
    drawn = [number for batch in epoch(numbered(discriminator_steps=3)) for number in batch]
    assert len(drawn) == len(set(drawn)) == 36


def test_unshuffled_batches_are_in_order():
    assert epoch(numbered(shuffle=False)) == np.arange(COUNT, dtype="float32").reshape(5, 8).tolist()


def test_equal_seeds_give_equal_epochs():
    one, other = numbered(), numbered()
    epochs = [epoch(one) for _ in range(3)]
    assert epochs == [epoch(other) for _ in range(3)]
    assert epochs[0] != epochs[1] != epochs[2] != epochs[0]
    assert epoch(numbered(seed=4)) != epochs[0]


@pytest.mark.parametrize("passed", [1, 2])
def test_dropping_iterators_leads_to_a_later_epoch(passed):
    dataset, fresh = numbered(), numbered()
    epochs = [epoch(dataset) for _ in range(3)]
    for _ in range(passed):
        iter(fresh)  # as a resumed run does, without reading a batch
    assert epoch(fresh) == epochs[passed]


def test_two_replicas_share_each_batch_of_the_same_order():
    run(
        """
        import numpy as np
        import tensorflow as tf

        cpu = tf.config.list_physical_devices("CPU")[0]
        tf.config.set_logical_device_configuration(cpu, [tf.config.LogicalDeviceConfiguration()] * 2)
        from keras_gans import data

        def load():
            return data.load("digits", batch_size=8, discriminator_steps=2, seed=1, labels=True)

        strategy = tf.distribute.MirroredStrategy(["CPU:0", "CPU:1"])
        plain, shared = load(), strategy.experimental_distribute_dataset(load())
        iter(plain), iter(shared)
        for expected, (images, labels) in zip(plain.take(5), shared):
            parts = strategy.experimental_local_results(images)
            assert [part.shape[0] for part in parts] == [8, 8]
            assert np.array_equal(np.concatenate(parts), expected[0])
            assert np.array_equal(np.concatenate(strategy.experimental_local_results(labels)), expected[1])
        """,
        CUDA_VISIBLE_DEVICES="-1",
    )


@pytest.mark.parametrize("backend", ["tensorflow", "jax", "torch"])
def test_arrays_need_no_tensorflow(backend, tmp_path):
    if importlib.util.find_spec(backend) is None:
        pytest.skip(f"{backend} is not installed")
    run(
        """
        import os
        import sys

        if os.environ["KERAS_BACKEND"] == "tensorflow":
            import keras_gans  # Keras itself needs it; what comes later does not

        sys.modules["tensorflow"] = None  # importing it fails from here on
        import numpy as np
        from PIL import Image
        from keras_gans import data

        folder = os.environ["FOLDER"]
        images, labels = data.arrays("digits")
        assert images.shape == (1500, 28, 28, 1) and labels.shape == (1500,)
        assert data.arrays("ring")[0].shape == (100_000, 2)
        np.savez(f"{folder}/some.npz", images=images[:5])
        Image.fromarray(images[0, ..., 0]).save(f"{folder}/one.png")
        for source in (f"{folder}/some.npz", folder, images[:5], (images, labels)):
            assert data.arrays(source)[0].shape[1:] == (28, 28, 1)
        assert {"digits", "ring", "triangles"} <= set(data.names())
        try:
            data.load("digits")
        except ImportError as error:
            assert "data.arrays gives NumPy arrays" in str(error)
        else:
            raise AssertionError("load without TensorFlow")
        try:
            data.arrays("mnist_or_so")
        except ValueError as error:
            assert "tensorflow-datasets to look the name up" in str(error)
        else:
            raise AssertionError("an unknown name was accepted")
        """,
        KERAS_BACKEND=backend,
        FOLDER=str(tmp_path),
        TFDS_DATA_DIR=str(tmp_path),
    )


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"batch_size": 16, "discriminator_steps": 5}, r"5 \* 16 = 80 examples.*received: 40.*at most 8 fits"),
        ({"discriminator_steps": 50}, "received: 40.*fewer steps"),
        ({"batch_size": 0}, "batch_size=0"),
        ({"discriminator_steps": 2.0}, "discriminator_steps=2.0"),
        ({"labels": True}, "labels=True for the array.*no labels"),
    ],
)
def test_what_gives_no_batch_is_refused(options, message):
    with pytest.raises(ValueError, match=message):
        numbered(**options)


# ---- Batches of one class.


def labelled(counts, **options):
    """Points that carry their number, of classes 0, 1, ... with `counts` examples each, shuffled."""
    classes = np.random.default_rng(0).permutation(np.repeat(np.arange(len(counts)), counts))
    points = np.stack([np.arange(len(classes)), np.zeros(len(classes))], axis=1).astype("float32")
    options = {"batch_size": 4, "discriminator_steps": 2, "labels": True, "single_label": True} | options
    return data.load((points, classes), **options)


def test_each_update_sees_one_class():
    dataset = labelled([9, 13, 8])
    assert len(dataset) == (2 + 3 + 2) // 2
    drawn = [(points[:, 0].tolist(), labels.tolist()) for points, labels in dataset.as_numpy_iterator()]
    assert len(drawn) == len(dataset)
    for _, labels in drawn:
        assert len(set(labels[:4])) == len(set(labels[4:])) == 1
    numbers = [number for points, _ in drawn for number in points]
    assert len(set(numbers)) == len(numbers) == 24
    assert {label for _, labels in drawn for label in labels} == {0, 1, 2}


def test_batches_of_one_class_follow_from_the_seed_and_differ_by_epoch():
    one, same, other = (labelled([9, 13, 8], labels=False, seed=seed) for seed in (3, 3, 4))
    first, second = epoch(one), epoch(one)
    assert first != second and [first, second] == [epoch(same), epoch(same)] and first != epoch(other)


def test_batches_of_one_class_need_classes_and_enough_of_one():
    with pytest.raises(ValueError, match="single_label=True for the array of shape .* which has no labels"):
        data.load(np.zeros((8, 2), "float32"), batch_size=2, single_label=True)
    with pytest.raises(ValueError, match="= 8 examples for one batch, received: 4"):
        labelled([3, 4, 3])


def test_workers_read_their_own_part_of_every_batch():
    """Two workers of two replicas each: rows 0 to 7 are the first batch, of which each replica gets two."""
    dataset = numbered(shuffle=False)
    first, second = (epoch(dataset.share_of(worker, 2, 4)) for worker in (0, 1))
    assert first[:3] == [[0, 1], [2, 3], [8, 9]] and second[:3] == [[4, 5], [6, 7], [12, 13]]
    batches = [sum(first[step : step + 2] + second[step : step + 2], []) for step in range(0, len(first), 2)]
    assert batches == epoch(dataset) and not {*sum(first, [])} & {*sum(second, [])}


def test_workers_decode_no_files_of_others():
    read = []
    dataset = pipeline.rows_pipeline(
        pipeline.gather_from_files(
            lambda rows: read.extend(rows) or np.zeros((len(rows), 2, 2, 1), "uint8"), (2, 2, 1)
        ),
        count=16,
        batch_size=8,
        shuffle=False,
    )
    assert {batch.shape for batch in dataset.share_of(1, 2, 2).as_numpy_iterator()} == {(4, 2, 2, 1)}
    assert sorted(read) == [4, 5, 6, 7, 12, 13, 14, 15]
