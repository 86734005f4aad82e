"""Minibatch standard deviation: one more map that says how different the images of a group are."""

import keras
from keras import ops


@keras.saving.register_keras_serializable("keras_gans")
class MinibatchStandardDeviation(keras.layers.Layer):
    """Appends a constant map: the standard deviation over a group of examples, averaged over places and channels.

        s = mean_hwc sqrt(mean_g (x_ghwc - mean_g x_ghwc)^2 + epsilon)
        y = [x, s]                                  s the same for all examples of the group

    Groups take every (batch / size)-th row. Their size is the largest divisor of the batch that is at most
    `group_size`.

    Args:
        group_size: examples per group; the authors' 4.

    Input `(batch, height, width, channels)`, output with one channel more.

    Reference: Karras et al., 2018, arXiv:1710.10196, section 3.
    """

    batch_coupled = True
    epsilon = 1e-8

    def __init__(self, group_size=4, **kwargs):
        super().__init__(**kwargs)
        if not (isinstance(group_size, int) and group_size >= 1):
            raise ValueError(f"Expected an integer of at least 1, received: group_size={group_size!r}")
        self.group_size = group_size

    def call(self, inputs):
        size = self._size(ops.shape(inputs)[0])
        groups = ops.reshape(ops.cast(inputs, "float32"), (size, -1, *inputs.shape[1:]))
        variance = ops.mean(ops.square(groups - ops.mean(groups, axis=0, keepdims=True)), axis=0)
        deviation = ops.mean(ops.sqrt(variance + self.epsilon), axis=(1, 2, 3), keepdims=True)
        deviation = ops.cast(ops.tile(deviation, (size, 1, 1, 1)), inputs.dtype)
        return ops.concatenate([inputs, deviation * ops.ones_like(inputs[..., :1])], axis=-1)

    def _size(self, batch):
        if isinstance(batch, int):
            return max(size for size in range(1, self.group_size + 1) if batch % size == 0)
        sizes = ops.arange(1, self.group_size + 1, dtype="int32")
        return ops.max(ops.where(ops.equal(batch % sizes, 0), sizes, 1))

    def compute_output_shape(self, input_shape):
        return (*input_shape[:-1], input_shape[-1] + 1)

    def get_config(self):
        return {**super().get_config(), "group_size": self.group_size}
