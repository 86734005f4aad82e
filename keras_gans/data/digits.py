"""scikit-learn's handwritten digits."""

import numpy as np

from keras_gans.data.embedded import Embedded, register
from keras_gans.data.resizing import resize


@register("digits")
class Digits(Embedded):
    """Handwritten digits of scikit-learn: 1,500 train, 297 test, 8x8 enlarged to 28x28x1, 10 classes.

    The grey levels 0..16 become 0..255, a margin of one pixel keeps the strokes off the border (as in MNIST), then
    bicubic interpolation enlarges the 10x10 pixels: smooth strokes, no blocks.
    The split is a fixed permutation, since neighbours in the original order are of the same writer.

    Reference: Kaynak, 1995; UCI Machine Learning Repository, Optical Recognition of Handwritten Digits.
    """

    splits = ("train", "test")

    def arrays(self, split="train", image_size=None):
        from sklearn.datasets import load_digits

        self.check_split(split)
        images, labels = load_digits(return_X_y=True)
        order = np.random.RandomState(0).permutation(len(labels))
        rows = order[:1500] if split == "train" else order[1500:]
        pixels = np.rint(images[rows] * (255 / 16)).astype("uint8").reshape(-1, 8, 8, 1)
        framed = np.pad(pixels, ((0, 0), (1, 1), (1, 1), (0, 0)))
        return resize(framed, image_size or (28, 28)), labels[rows].astype("int32")
