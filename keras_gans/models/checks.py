"""What a game refuses before training starts, each in one sentence: what was expected, what was received, a remedy."""

import inspect

import keras

from keras_gans import registry

BOUNDED = ("sigmoid", "softmax", "tanh", "hard_sigmoid")


def check_networks(generator, discriminator):
    """Refuses networks that cannot play with each other."""
    for role, network in (("generator", generator), ("discriminator", discriminator)):
        if not isinstance(network, keras.Model):
            raise TypeError(f"Expected a keras.Model as {role}, received: {role}={network!r}")
    made, judged = generator.output_shape[1:], discriminator.input_shape[1:]
    if tuple(made) != tuple(judged):
        raise ValueError(
            f"Expected a discriminator for the generator's images of shape {tuple(made)}, received one for images of "
            f"shape {tuple(judged)}: give both networks the same image_shape."
        )
    activation = _last_activation(discriminator)
    if activation in BOUNDED:
        raise ValueError(
            f"Expected unbounded scores from the discriminator, received a {activation} at its end (layer "
            f"{discriminator.layers[-1].name!r}): remove the activation, the objective applies its own."
        )


def check_recipe(model):
    """Refuses training that is illegal in itself."""
    from keras_gans.networks import is_batch_coupled

    steps = model.discriminator_steps
    if isinstance(steps, bool) or not isinstance(steps, int) or steps < 1:
        raise ValueError(f"Expected an integer of at least 1, received: discriminator_steps={steps!r}")
    momentum = model.ema_momentum
    if momentum is not None and not 0.0 < momentum < 1.0:
        raise ValueError(f"Expected a number in (0, 1), received: ema_momentum={momentum!r}")
    alone = [penalty for penalty in model.penalties if penalty.per_example]
    if alone and is_batch_coupled(model.discriminator):
        raise ValueError(
            f"Expected a discriminator that judges each image alone, since the penalty "
            f"{alone[0].registered_name!r} is per example, received {model.discriminator.name!r} with "
            "BatchNormalization or another layer that couples a batch: build it without (normalization=None) "
            "or compile with penalties=[]."
        )


def optimizer(identifier):
    """A `keras.optimizers.Optimizer` from its name, config or itself; an unknown name lists the nearest ones."""
    if isinstance(identifier, str):
        classes = [value for value in vars(keras.optimizers).values() if inspect.isclass(value)]
        names = sorted(cls.__name__.lower() for cls in classes if issubclass(cls, keras.optimizers.Optimizer))
        if identifier.lower() not in names:
            raise ValueError(registry.unknown("optimizer", identifier, names))
    return keras.optimizers.get(identifier)


def _last_activation(network):
    layer = network.layers[-1]
    while isinstance(layer, keras.Model):
        layer = layer.layers[-1]
    activation = getattr(layer, "activation", None)
    return getattr(activation, "__name__", type(layer).__name__.lower())
