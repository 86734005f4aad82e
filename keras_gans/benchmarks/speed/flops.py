"""Floating point operations of a train step, counted from the layers."""

import math
from typing import NamedTuple

import keras


class Work(NamedTuple):
    """Multiply-adds of a network's layers for one example, by pass.

    A layer does as many in its forward pass as in the gradient by its weights and in that by its input:

        Dense            inputs * units
        Conv2D           kernel rows * columns * channels in * channels out, at each pixel of the output
        Conv2DTranspose  the same, at each pixel of the input

    "Same" padding counts as if it were pixels. What is done once for each element (activations, normalization, dropout,
    the optimizers) is left out: it is work of the memory, not of the arithmetic units.

    Args:
        forward: all layers; as many in the gradient by all weights.
        to_input: the gradient down to the network's input: all layers.
        to_first: the gradient down to the first layer's weights: all layers but the first.
        to_last: gradients that come in from below, up to the last layer: all layers but the last.
    """

    forward: int
    to_input: int
    to_first: int
    to_last: int


def work(network):
    """The `Work` of a network of layers in a row."""
    counts = [count for layer in network._flatten_layers(include_self=False) if (count := _multiply_adds(layer))]
    total = sum(counts)
    return Work(total, total, total - counts[0], total - counts[-1])


def step(case):
    """Floating point operations of a train step: two for each multiply-add.

        D, on b examples   G forward; D forward, by its weights and down to its first layer, on real and fake
        penalty            D forward and down to its input; the gradient of that by D's weights, which passes the same
                           layers the other way round
        G                  G and D forward, D down to its input, G by its weights and down to its first layer

    A penalty's gradient through D's activations is zero, since LeakyReLU is linear in pieces, and is not counted.
    """
    generator, discriminator = (work(network) for network in case.players())
    recipe = case.recipe()
    update = generator.forward + 2 * (2 * discriminator.forward + discriminator.to_first)
    if recipe.get("penalties"):
        update += 2 * discriminator.forward + discriminator.to_input + discriminator.to_last
    update_generator = 2 * generator.forward + generator.to_first + discriminator.forward + discriminator.to_input
    return 2 * case.batch_size * (recipe["discriminator_steps"] * update + update_generator)


def _multiply_adds(layer):
    if isinstance(layer, keras.layers.Dense):
        return math.prod(layer.kernel.shape)
    if isinstance(layer, keras.layers.Conv2DTranspose):
        return math.prod(layer.kernel.shape) * math.prod(layer.input.shape[1:3])
    if isinstance(layer, keras.layers.Conv2D):
        return math.prod(layer.kernel.shape) * math.prod(layer.output.shape[1:3])
    return 0
