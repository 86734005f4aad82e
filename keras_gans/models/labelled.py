"""What games that learn from labelled images share."""

from keras_gans.models.adversarial import AdversarialModel


class LabelledModel(AdversarialModel):
    """A game on pairs of images and classes.

    A subclass says in `takes_labels` which players are told the class, and in `discriminator_outputs` what D predicts.
    `sample(labels=...)` asks for classes where G takes them.

    Args:
        generator, discriminator, latents, seed: as in `AdversarialModel`. Players that take labels have two inputs:
            latents or images, and integer labels `(batch,)`.
        num_classes: number of classes K; labels are 0, 1, ..., K - 1.
    """

    small = {"num_classes": 3}

    lowest_label = 0
    """-1 where the game can do with images that have no label."""

    def __init__(self, generator, discriminator, num_classes=10, latents="normal", seed=0, **kwargs):
        if not (isinstance(num_classes, int) and num_classes >= 2):
            raise ValueError(f"Expected an integer of at least 2, received: num_classes={num_classes!r}")
        super().__init__(generator, discriminator, latents=latents, seed=seed, **kwargs)
        self.num_classes = num_classes

    def get_config(self):
        return {**super().get_config(), "num_classes": self.num_classes}
