"""Anything that images can be read from, as batches for training or as arrays."""

import os

from keras_gans.data import embedded
from keras_gans.data.array import Archive, Arrays
from keras_gans.data.folder import Folder
from keras_gans.data.resizing import size_pair
from keras_gans.data.source import Source
from keras_gans.data.tfds import TensorflowDatasets, prepared

MEMORY_LIMIT = 4 * 2**30


def load(
    data,
    image_size=None,
    batch_size=64,
    discriminator_steps=1,
    labels=False,
    split="train",
    seed=0,
    shuffle=True,
    memory_limit=MEMORY_LIMIT,
    single_label=False,
):
    """Batches for `fit`: a `tf.data.Dataset` of float32 `(discriminator_steps * batch_size, height, width, channels)`.

    Images are in [-1, 1]; points of the 2-D toys, `(..., 2)`, are as they are. All images of the split are kept in
    memory as uint8; a folder of more than `memory_limit` bytes is decoded batch by batch instead.

    Args:
        data: the name of an embedded data set (`names()` lists them) or of an image data set of tensorflow-datasets;
            the path of a folder of images, whose sub-folders are the classes, or of a `.npz` file; an array of images;
            a tuple `(images, labels)` of arrays. An embedded name wins over a path, a path over tensorflow-datasets.
        image_size: resize to `(height, width)`, or to a square; None keeps the size.
        batch_size: the examples of one update.
        discriminator_steps: how many batches one element holds: one for each update of the discriminator.
        labels: whether elements are `(images, labels)` with int32 labels.
        split: the part of the data set; tensorflow-datasets' own also take slices, "train[:10%]".
        seed: decides the order. Equal seeds give equal batches, epoch by epoch.
        shuffle: whether each epoch has another order.
        memory_limit: the bytes that the images may take in memory.
        single_label: whether each batch of `batch_size` is of one class (Chintala et al., 2016, How to train a GAN?);
            what fills no batch of a class is dropped, another rest in each epoch.
    """
    for name, value in {"batch_size": batch_size, "discriminator_steps": discriminator_steps}.items():
        if not (isinstance(value, int) and value >= 1):
            raise ValueError(f"Expected an integer of at least 1, received: {name}={value!r}")
    _require_tensorflow()
    from keras_gans.data import pipeline

    source, size = find(data), size_pair(image_size)
    if source.size_in_bytes(split, size) > memory_limit:
        read, count, image_shape, targets = source.reader(split, size)
        gather = pipeline.gather_from_files(read, image_shape, _wanted(targets, labels, source))
    else:
        images, targets = source.arrays(split, size)
        count = len(images)
        gather = pipeline.gather_from_memory(images, _wanted(targets, labels, source))
    classes = _wanted(targets, single_label, source, "single_label")
    if classes is not None:
        count = batch_size * pipeline.count_parts(classes, batch_size)
    _check_count(count, batch_size, discriminator_steps, source)
    count = count if classes is None else len(classes)
    return pipeline.rows_pipeline(
        gather, count, discriminator_steps * batch_size, seed, shuffle, classes, discriminator_steps
    )


def arrays(data, split="train", image_size=None):
    """All examples of a split in a fixed order: `(images, labels)` as NumPy arrays.

    Images are uint8 `(n, height, width, channels)`, points float32 `(n, 2)`, labels int32 `(n,)` or None. Everything
    but tensorflow-datasets works without TensorFlow. Arguments are those of `load`.
    """
    return find(data).arrays(split, size_pair(image_size))


def names():
    """The data sets that are here without any download: name -> one line that describes it."""
    found = {name: cls.description() for name, cls in embedded.classes().items()}
    return found | {name: line for name, line in prepared().items() if name not in found}


def find(data):
    """The source that `data` means: see `load`."""
    if isinstance(data, Source):
        return data
    if isinstance(data, tuple) and len(data) == 2:
        return Arrays(*data)
    if isinstance(data, (str, os.PathLike)):
        return _find_name(os.path.expanduser(os.fspath(data)))
    if hasattr(data, "__array__"):
        return Arrays(data)
    raise TypeError(
        "Expected the name of a data set, the path of a folder or .npz file, an array of images or a tuple "
        f"(images, labels), received: data of type {type(data).__name__}"
    )


def _find_name(name):
    if name in embedded.classes():
        return embedded.classes()[name]()
    if os.path.isdir(name):
        return Folder(name)
    if os.path.isfile(name) and name.endswith(".npz"):
        return Archive(name)
    if os.path.isfile(name):
        raise ValueError(f"Expected a folder of images or a .npz file, received: the file {name}")
    if name.endswith(".npz") or name.startswith((".", os.sep)):
        raise FileNotFoundError(f"Expected an existing folder of images or .npz file, received: {name}")
    return TensorflowDatasets(name, others=list(embedded.classes()))


def _wanted(targets, labels, source, name="labels"):
    if labels and targets is None:
        raise ValueError(f"Expected labelled data, received: {name}=True for {source}, which has no labels")
    return targets if labels else None


def _check_count(count, batch_size, discriminator_steps, source):
    needed = discriminator_steps * batch_size
    if count < needed:
        fits = count // discriminator_steps
        remedy = f"a batch_size of at most {fits} fits" if fits else "more examples or fewer steps are needed"
        raise ValueError(
            f"Expected at least discriminator_steps * batch_size = {discriminator_steps} * {batch_size} = {needed} "
            f"examples for one batch, received: {count} from {source}; {remedy}"
        )


def _require_tensorflow():
    try:
        import tensorflow  # noqa: F401
    except ImportError as error:
        raise ImportError(
            "Expected TensorFlow for data.load, which gives a tf.data.Dataset; without it, data.arrays gives NumPy "
            f"arrays, received: {error}"
        ) from error
