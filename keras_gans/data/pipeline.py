"""tf.data over rows: the order is drawn as row numbers, the pixels are gathered and scaled a batch at a time."""

import numpy as np


def rows_pipeline(gather, count, batch_size, seed=0, shuffle=True, classes=None, parts=1):
    """A `tf.data.Dataset` of full batches of rows 0..count-1 in an order that `seed` decides.

    Only row numbers are shuffled, all of them, anew for each iterator: the order is a pure function of the seed and
    of how many iterators the dataset has given before. Making and dropping e iterators leads to epoch e.

    The dataset's attribute `share_of(worker, workers, replicas)` is what one of several workers reads: its part of
    every batch, cut for its replicas, and no other rows.

    Args:
        gather: from a tensor of row numbers int64 `(batch_size,)` to the batch.
        count: the number of rows.
        batch_size: rows per batch; a rest that fills no batch is dropped, another one in each epoch.
        seed: an integer.
        shuffle: False keeps the order 0..count-1.
        classes: None, or the rows' classes, integers `(count,)`: each of a batch's `parts` then has one class alone.
        parts: equal parts that a batch is made of.
    """
    import tensorflow as tf

    rows = tf.data.Dataset.range(count)
    if shuffle:
        rows = rows.shuffle(count, seed=seed, reshuffle_each_iteration=True)
    if classes is None:
        numbers = rows.batch(batch_size, drop_remainder=True)
    else:
        numbers = _of_one_class(rows, classes, batch_size // parts, parts)
    dataset = _gathered(numbers, gather)
    dataset.share_of = lambda *share: _gathered(_shared(numbers, *share), gather)
    return dataset


def _gathered(numbers, gather):
    """The batches of row numbers `(batch_size,)`."""
    import tensorflow as tf

    options = tf.data.Options()
    # Where TensorFlow shares the elements out to workers by itself: there are no files that it could tell apart.
    options.experimental_distribute.auto_shard_policy = tf.data.experimental.AutoShardPolicy.DATA
    batches = numbers.map(gather, num_parallel_calls=tf.data.AUTOTUNE)
    return batches.prefetch(tf.data.AUTOTUNE).with_options(options)


def _shared(numbers, worker, workers, replicas):
    """Of every batch of row numbers one worker's part, one element for each of its replicas."""
    import tensorflow as tf

    own = slice(worker * replicas // workers, (worker + 1) * replicas // workers)
    return numbers.map(lambda rows: tf.reshape(rows, (replicas, rows.shape[0] // replicas))[own]).unbatch()


def count_parts(classes, size):
    """How many parts of `size` rows of one class there are; the rest of each class fills none."""
    return int(np.sum(np.unique(classes, return_counts=True)[1] // size))


def _of_one_class(rows, classes, size, parts):
    """Batches of `parts * size` row numbers; a part is given as soon as it is full, so the order is that of `rows`."""
    import tensorflow as tf

    classes = np.asarray(classes, "int64")
    labels = tf.constant(classes)
    full = rows.group_by_window(
        lambda row: labels[row], lambda _, window: window.batch(size, drop_remainder=True), window_size=size
    )
    batches = full.batch(parts, drop_remainder=True).map(lambda numbers: tf.reshape(numbers, (parts * size,)))
    return batches.apply(tf.data.experimental.assert_cardinality(count_parts(classes, size) // parts))


def gather_from_memory(images, labels=None):
    """Gathers rows of uint8 images, scaled to [-1, 1], or of float32 points, as they are."""
    import tensorflow as tf

    with tf.device("CPU"):  # once in the host's memory, whatever accelerator there is
        images = tf.constant(images)
        labels = None if labels is None else tf.constant(labels)

    def gather(rows):
        batch = tf.gather(images, rows)
        batch = scale(batch) if images.dtype == tf.uint8 else batch
        return batch if labels is None else (batch, tf.gather(labels, rows))

    return gather


def gather_from_files(read, image_shape, labels=None):
    """Reads rows from files when their batch is due: `read(rows)` gives uint8 `(batch, *image_shape)`."""
    import tensorflow as tf

    def gather(rows):
        batch = tf.numpy_function(read, [rows], tf.uint8)
        batch = scale(tf.ensure_shape(batch, (rows.shape[0], *image_shape)))
        return batch if labels is None else (batch, tf.gather(np.asarray(labels), rows))

    return gather


def scale(images):
    """uint8 0..255 -> float32 [-1, 1], exactly -1 and 1 at the ends."""
    import tensorflow as tf

    return tf.cast(images, tf.float32) / 127.5 - 1.0
