"""What the tools return: rows of images with their latents, which can be saved as a picture."""

import dataclasses
import os

import numpy as np

from keras_gans import images as image_files

_GAP = 2
_YELLOW = (255, 206, 0)


@dataclasses.dataclass(frozen=True)
class Sheet:
    """Images in rows and columns.

    Args:
        images: uint8 `(rows, columns, height, width, channels)`.
        latents: float32 `(rows, columns, latent_dim)`; None where some of the images have none.
        framed: columns with a yellow frame.
    """

    images: np.ndarray
    latents: np.ndarray | None = None
    framed: tuple = ()

    def picture(self):
        """One uint8 picture `(H, W, C)` of all images."""
        rows, columns, height, width, channels = self.images.shape
        cells = self.images.reshape(-1, height, width, channels)
        if self.framed and channels == 1:
            cells = np.repeat(cells, 3, axis=-1)
        picture = image_files.grid(cells, columns=columns, gap=_GAP)
        if self.framed:
            picture = np.pad(picture, [(_GAP, _GAP), (_GAP, _GAP), (0, 0)], constant_values=255)
        for column in self.framed:
            _frame(picture, (column % columns) * (width + _GAP), width + 2 * _GAP)
        return picture

    def frames(self):
        """The columns as the pictures of a film, to the last column and back; rows are side by side.

        Returns:
            list of `2 * columns - 2` uint8 pictures `(H, W, C)`.
        """
        columns = [image_files.grid(column, gap=_GAP) for column in self.images.swapaxes(0, 1)]
        return columns + columns[-2:0:-1]

    def save_png(self, path):
        """Writes `picture()`; returns `path`."""
        return image_files.save_png(path, self.picture())

    def save_gif(self, path, milliseconds=100):
        """Writes `frames()` as an endless GIF, aside and renamed; returns `path`."""
        from PIL import Image

        pictures = [Image.fromarray(frame.squeeze(-1) if frame.shape[-1] == 1 else frame) for frame in self.frames()]
        os.makedirs(os.path.dirname(os.path.abspath(path)), exist_ok=True)
        aside = f"{path}.part"
        pictures[0].save(aside, format="GIF", save_all=True, append_images=pictures[1:], duration=milliseconds, loop=0)
        os.replace(aside, path)
        return path


def _frame(picture, left, width):
    """A yellow frame around the column of a picture, from pixel `left` on."""
    right = left + width
    for rows, columns in (
        (slice(None), slice(left, left + _GAP)),
        (slice(None), slice(right - _GAP, right)),
        (slice(None, _GAP), slice(left, right)),
        (slice(-_GAP, None), slice(left, right)),
    ):
        picture[rows, columns, :3] = _YELLOW
