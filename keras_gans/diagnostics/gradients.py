"""What each player would be told by its loss, layer by layer, without a step being made."""

import numpy as np
from keras import ops

from keras_gans import backend
from keras_gans.models.adversarial import Batch

PLAYERS = ("discriminator", "generator")


def gradient_norms(model, images, labels=None):
    """The Euclidean norm of each layer's gradient in both players' losses: `{player: {layer: norm}}`.

    The losses are those of the game's own updates, penalties, tricks and all; nothing is changed by it, the states of
    random seeds included. Layers are in the order of the network, named by their path.

    Args:
        model: a compiled game.
        images: a batch of real images in [-1, 1] (or of points).
        labels: their classes, where the game uses them.
    """
    gradients = {}

    def listen(player, losses, batch):
        variables = getattr(model, player).trainable_variables

        def total():
            return sum(ops.mean(value) for value in losses(batch).values())

        _, found = backend.value_and_gradients(total, variables)
        gradients[player] = list(zip(variables, found))

    batch = Batch(ops.convert_to_tensor(images), None if labels is None else ops.convert_to_tensor(labels))
    # Every update ends in `descend`, which is replaced for a moment; the scope forgets what else updates change.
    model.descend = listen
    try:
        with backend.nested_scope():
            model.update_discriminator(batch)
            model.update_generator(batch)
    finally:
        del model.descend
    return {player: _by_layer(gradients[player]) for player in PLAYERS}


def largest(norms):
    """`(player, layer, norm)` of the largest norm; NaN counts as the largest of all."""
    entries = [(player, layer, norm) for player, layers in norms.items() for layer, norm in layers.items()]
    return max(entries, key=lambda entry: np.inf if np.isnan(entry[2]) else entry[2])


def _by_layer(gradients):
    squares = {}
    for variable, gradient in gradients:
        layer = variable.path.rpartition("/")[0] or variable.path
        values = 0.0 if gradient is None else ops.convert_to_numpy(gradient).astype("float64")
        squares[layer] = squares.get(layer, 0.0) + float(np.sum(np.square(values)))
    return {layer: float(np.sqrt(square)) for layer, square in squares.items()}
