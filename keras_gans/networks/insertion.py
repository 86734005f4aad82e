"""Generators with noise or dropout in every layer, made from generators without."""

import keras
from keras import layers

from keras_gans.networks.layers.latent_dropout import LatentDropout

_ACTIVATIONS = (layers.Activation, layers.ReLU, layers.LeakyReLU, layers.PReLU, layers.ELU)


def with_noise(generator, stddev=0.1):
    """A generator with normal noise after each hidden activation while it trains: h -> h + stddev e, e ~ N(0, I).

    Its weights are copies; the noise layers are part of the model that is saved.

    Args:
        generator: a functional `keras.Model`.
        stddev: > 0, in the units of the activations.

    Reference: Zhao et al., 2016, arXiv:1609.03126; Chintala et al., 2016, How to train a GAN?, tip 13.
    """
    return _with_layers(generator, lambda hidden, latents, index: layers.GaussianNoise(stddev)(hidden))


def with_dropout(generator, rate=0.5):
    """A generator with dropout after each hidden activation, while it trains and when it generates.

    Dropped units are a second source of variety beside the latents; `LatentDropout` says how images still follow from
    their seeds. Its weights are copies, and the dropout is part of the model that is saved.

    Args:
        generator: a functional `keras.Model`.
        rate: share of the units that is dropped, in (0, 1).

    Reference: Isola et al., 2016, arXiv:1611.07004, section 3.3; Chintala et al., 2016, How to train a GAN?, tip 17.
    """
    return _with_layers(generator, lambda hidden, latents, index: LatentDropout(rate, salt=index)([hidden, latents]))


def _with_layers(network, insert):
    """A copy of a functional network where `insert(hidden, latents, index)` follows all activations but the last."""
    if not network.inputs:
        raise ValueError(f"Expected a functional or sequential generator, received: {network!r}")
    *hidden, _ = [layer.name for layer in network.layers if _is_activated(layer)] or [None]
    if not hidden:
        raise ValueError(f"Expected a generator with hidden activations, received: {network.name!r} without any")

    inputs = [keras.Input(old.shape[1:], dtype=old.dtype, name=old.name) for old in network.inputs]

    def call(layer, *arguments, **options):
        outputs = layer(*arguments, **options)
        return insert(outputs, inputs[0], hidden.index(layer.name)) if layer.name in hidden else outputs

    single = len(inputs) == 1
    functional = keras.Model(network.inputs[0] if single else network.inputs, network.outputs[0], name=network.name)
    copy = keras.models.clone_model(functional, inputs[0] if single else inputs, _clone, call_function=call)
    copy.set_weights(network.get_weights())
    return copy


def _is_activated(layer):
    activation = getattr(layer, "activation", None)
    return isinstance(layer, _ACTIVATIONS) or activation not in (None, keras.activations.linear)


def _clone(layer):
    return layer.__class__.from_config(layer.get_config())
