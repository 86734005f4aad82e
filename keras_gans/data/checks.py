"""What a data set must look like, checked before training starts: one sentence says what was expected and received."""

import numpy as np

_ROUNDING = 1e-5  # how far float32 arithmetic may overshoot [-1, 1]


def check_images(images, image_shape=None, name="images"):
    """Refuses anything that is neither images nor points of a plane.

    Images are `(n, height, width, channels)`, uint8 in 0..255 or floating in [-1, 1]. Points, as of the 2-D toys,
    are `(n, dimensions)`, floating, finite and otherwise unbounded.

    Args:
        images: a NumPy array, or anything that `numpy.asarray` takes for one (a tensor).
        image_shape: the shape that each example must have, e.g. `(28, 28, 1)`; None accepts every shape.
        name: what the message calls the array.

    Returns:
        `images` as a NumPy array.

    Raises:
        TypeError: if the dtype is neither uint8 nor floating.
        ValueError: if the shape, the range or a value is wrong.
    """
    images = np.asarray(images)
    _check_dtype(images, name)
    _check_shape(images, image_shape, name)
    if images.dtype != np.uint8:
        _check_values(images, name)
    return images


def check_labels(labels, count, name="labels"):
    """Refuses labels that are not `count` non-negative integers; returns them as int32 `(count,)`."""
    labels = np.asarray(labels)
    if labels.dtype.kind not in "iu":
        raise TypeError(f"Expected {name} of an integer dtype (labels.astype('int32')), received: dtype={labels.dtype}")
    if labels.shape != (count,):
        remedy = " (labels.argmax(axis=1) for one-hot rows, labels.ravel() for a column)" if labels.ndim == 2 else ""
        raise ValueError(f"Expected {name} of shape ({count},), one per image{remedy}, received: shape={labels.shape}")
    if labels.size and labels.min() < 0:
        raise ValueError(f"Expected {name} of at least 0, received: a smallest label of {labels.min()}")
    return labels.astype("int32")


def _check_dtype(images, name):
    if images.dtype == np.uint8 and images.ndim != 2:
        return
    if images.dtype.kind != "f":
        wanted = "a floating dtype for points" if images.ndim == 2 else "dtype uint8 (0..255) or float32 ([-1, 1])"
        remedy = "" if images.ndim == 2 else f"; {name}.astype('uint8') if the values are 0..255"
        raise TypeError(f"Expected {name} of {wanted}{remedy}, received: dtype={images.dtype}, shape={images.shape}")


def _check_shape(images, image_shape, name):
    if image_shape is not None and images.shape[1:] != tuple(image_shape):
        wanted = ", ".join(str(side) for side in image_shape)
        raise ValueError(f"Expected {name} of shape (n, {wanted}), received: shape={images.shape}")
    if images.ndim not in (2, 4):
        remedy = f"; {name}[..., None] adds the channel axis of grey images" if images.ndim == 3 else ""
        raise ValueError(
            f"Expected {name} of shape (n, height, width, channels), or points of shape (n, dimensions){remedy}, "
            f"received: shape={images.shape}"
        )
    if images.ndim == 4 and not 1 <= images.shape[-1] <= 4:
        remedy = f"; {name}.transpose(0, 2, 3, 1) moves the channels last" if images.shape[1] <= 4 else ""
        raise ValueError(f"Expected {name} of 1 to 4 channels on the last axis{remedy}, received: shape={images.shape}")
    if 0 in images.shape:
        raise ValueError(f"Expected {name} with at least one value, received: shape={images.shape}")


def _check_values(images, name):
    lowest, highest = images.min(), images.max()  # NaN if any value is
    if not (np.isfinite(lowest) and np.isfinite(highest)):
        bad = np.flatnonzero(~np.isfinite(images).all(axis=tuple(range(1, images.ndim))))
        raise ValueError(
            f"Expected finite {name}, received: NaN or infinity in {len(bad)} of {len(images)} examples, "
            f"the first at index {bad[0]}"
        )
    if images.ndim == 4 and (lowest < -1 - _ROUNDING or highest > 1 + _ROUNDING):
        remedy = f"{name} / 127.5 - 1 scales 0..255" if highest > 2 else f"{name}.clip(-1, 1) cuts what lies outside"
        raise ValueError(
            f"Expected floating {name} in [-1, 1] ({remedy}; uint8 images are scaled for you), "
            f"received: values from {lowest:g} to {highest:g}"
        )
