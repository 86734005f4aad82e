"""The base of everything that examples come from."""


class Source:
    """A place that examples come from: an embedded set, a folder, arrays, tensorflow-datasets.

    A subclass writes `arrays`. One whose images may be too many for the memory also writes `size_in_bytes`, and
    `reader` if it can read them a few at a time, and says so by `reads_rows`.
    """

    splits = ("train",)
    """The splits that the source has."""

    reads_rows = False
    """Whether it can read some images alone, by `reader`."""

    def arrays(self, split="train", image_size=None):
        """All examples of a split, in a fixed order.

        Args:
            split: one of `splits`.
            image_size: `(height, width)` to resize to, or None.

        Returns:
            `(images, labels)`: uint8 `(n, height, width, channels)`, or float32 `(n, dimensions)` for points; int32
            `(n,)` or None.
        """
        raise NotImplementedError

    def size_in_bytes(self, split="train", image_size=None):
        """What the images will take in memory; 0 for sources that are in memory anyway."""
        return 0

    def reader(self, split="train", image_size=None):
        """`(read, count, image_shape, labels)`, where `read(rows)` gives uint8 images of some rows."""
        raise ValueError(
            f"Expected images that fit into memory_limit, received: {self.size_in_bytes(split, image_size):,} bytes "
            f"of {self}; a smaller image_size, a part of the split ('train[:10%]') or a folder of files helps"
        )

    def check_split(self, split):
        if split not in self.splits:
            raise ValueError(f"Expected a split of {self} ({', '.join(self.splits)}), received: split={split!r}")

    def __str__(self):
        return type(self).__name__
