"""The same latents after every epoch: how the samples grow."""

import os

import keras
import numpy as np

from keras_gans import distribution, images, plots


class SampleGrid(keras.callbacks.Callback):
    """Writes a grid of samples from the same seeds every time, as PNG files and to TensorBoard.

    Flat data sets (2-D toys) are drawn as a scatter plot.

    Args:
        directory: folder for `epoch-0001.png`, `epoch-0002.png`, ...
        n: number of samples.
        seed: the first of the rows' seeds.
        every: epochs between two pictures; the last epoch has one in any case.
        log_dir: TensorBoard folder, or None; needs TensorFlow.
    """

    def __init__(self, directory, n=64, seed=0, every=1, log_dir=None):
        super().__init__()
        if n < 1 or every < 1:
            raise ValueError(f"Expected at least 1, received: n={n!r}, every={every!r}")
        self.directory = os.fspath(directory)
        self.n = n
        self.seed = seed
        self.every = every
        self.log_dir = log_dir

    def on_epoch_end(self, epoch, logs=None):
        last = epoch + 1 == self.params.get("epochs")
        if distribution.is_chief() and ((epoch + 1) % self.every == 0 or last):
            picture = draw(self.model.sample(self.n, seed=self.seed))
            images.save_png(os.path.join(self.directory, f"epoch-{epoch + 1:04d}.png"), picture)
            if self.log_dir is not None:
                self._log(picture, epoch)

    def _log(self, picture, epoch):
        import tensorflow as tf

        with tf.summary.create_file_writer(os.fspath(self.log_dir)).as_default():
            tf.summary.image("samples", picture[None], step=epoch)


def draw(samples):
    """One uint8 picture of samples: a grid of images `(n, H, W, C)` or a scatter plot of points `(n, 2)`."""
    samples = np.asarray(samples)
    return images.grid(samples) if samples.ndim == 4 else plots.scatter(samples)
