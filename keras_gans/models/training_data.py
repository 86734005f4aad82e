"""The last look at the training data before the first step: checked, and in the form that Keras takes."""

import numpy as np
from keras import ops

from keras_gans import distribution
from keras_gans.data.checks import check_images


def prepare(model, data, labels=None, batch_size=None, steps_per_epoch=None, **options):
    """Checks the training data of a game and gives it the form that `keras.Model.fit` takes.

    A `tf.data.Dataset` of known length is repeated and gets `steps_per_epoch`, so that Keras draws all epochs from one
    iterator: the position in the data is then one number, which the callback `Resume` restores. Of a data set of
    `keras_gans.data.load`, each of several workers reads its own part of every batch and nothing else. Arrays are taken
    `discriminator_steps * batch_size` images at a time.

    Returns:
        Arguments of `keras.Model.fit`.

    Raises:
        ValueError, TypeError: for data that the game cannot be trained on, in one sentence.
    """
    if is_dataset(data):
        _check_dataset(model, data)
        length = int(data.cardinality())
        if steps_per_epoch is None and length > 0:
            data, steps_per_epoch = _endless(model, data), length
        return {"x": data, "steps_per_epoch": steps_per_epoch, "shuffle": False}
    if ops.is_tensor(data) or isinstance(data, np.ndarray):
        _check_batch(model, ops.convert_to_numpy(data), "x")
        _check_labels(model, labels, len(data), "y")
        _check_count(model, len(data))
        batch_size = (batch_size or 32) * model.discriminator_steps
        _check_parts(model, batch_size)
    return {"x": data, "y": labels, "batch_size": batch_size}


def _endless(model, data):
    """The data again and again, shared out to the workers if there are several and the data know how."""
    share_of = getattr(data, "share_of", None)
    if share_of is None or not distribution.has_several_workers():
        return data.repeat()
    return model.distribute_strategy.distribute_datasets_from_function(
        lambda context: share_of(
            context.input_pipeline_id, context.num_input_pipelines, context.num_replicas_in_sync
        ).repeat()
    )


def is_dataset(data):
    """Whether `data` is a `tf.data.Dataset`, without importing TensorFlow for data that is not."""
    return hasattr(data, "element_spec") and hasattr(data, "cardinality")


def _check_dataset(model, dataset):
    spec = dataset.element_spec
    spec = spec[0] if isinstance(spec, tuple) else spec
    if len(spec.shape) != 1 + len(model.image_shape) or not spec.shape[1:].is_compatible_with(model.image_shape):
        raise ValueError(
            f"Expected a data set of batches of shape {('batch', *model.image_shape)} for these networks, received "
            f"elements of shape {tuple(spec.shape)}: keras_gans.data.load(..., image_size=...) makes them."
        )
    first = next(iter(dataset.take(1)), None)
    if first is None:
        raise ValueError("Expected at least one batch of training data, received: an empty data set.")
    first, labels = first[:2] if isinstance(first, tuple) else (first, None)
    _check_batch(model, first.numpy(), "the data set's first batch")
    _check_labels(model, labels, len(first), "the data set's first batch of labels")
    _check_count(model, len(first), "in a batch: ")
    _check_parts(model, len(first))


def _check_batch(model, images, name):
    check_images(images, model.image_shape, name=name)
    if images.dtype.kind != "f":
        raise TypeError(
            f"Expected {name} as floating point numbers in [-1, 1], received: {images.dtype}: keras_gans.data.load or "
            "keras_gans.images.to_float scales them."
        )


def _check_labels(model, labels, count, name):
    if model.num_classes is None:
        return
    if labels is None:
        raise ValueError(
            f"Expected images and labels for {type(model).__name__}, received images alone: keras_gans.data.load(..., "
            "labels=True) gives both."
        )
    labels = np.asarray(ops.convert_to_numpy(labels))
    inside = labels.dtype.kind in "iu" and labels.shape == (count,)
    if not inside or labels.min() < model.lowest_label or labels.max() >= model.num_classes:
        raise ValueError(
            f"Expected {name} as {count} integers from {model.lowest_label} to {model.num_classes - 1}, received: "
            f"{labels.dtype} of shape {labels.shape} from {labels.min()} to {labels.max()}."
        )


def _check_count(model, count, where=""):
    if count < model.discriminator_steps:
        raise ValueError(
            f"Expected at least {model.discriminator_steps} images, {where}one for each of the discriminator's steps, "
            f"received: {count}. Pass discriminator_steps={model.discriminator_steps} to keras_gans.data.load."
        )


def _check_parts(model, batch_size):
    if batch_size % model.replicas:
        raise ValueError(
            f"Expected batches that {model.replicas} replicas share equally, received: {batch_size} images in a batch."
        )
    size = batch_size // model.replicas // model.discriminator_steps
    if size % model.accumulate:
        raise ValueError(
            f"Expected batches that accumulate={model.accumulate} divides, received: {size} images for each step."
        )
