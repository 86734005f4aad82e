"""What a game refuses before training starts, each in one sentence: what was expected, what was received, a remedy."""

import inspect
import numbers

import keras

from keras_gans import registry
from keras_gans.networks.network import outputs_by_name

BOUNDED = ("sigmoid", "softmax", "tanh", "hard_sigmoid")


def check_networks(game, generator, discriminator):
    """Refuses networks that cannot play this game with each other."""
    for role, network in (("generator", generator), ("discriminator", discriminator)):
        if not isinstance(network, keras.Model):
            raise TypeError(f"Expected a keras.Model as {role}, received: {role}={network!r}")
        _check_inputs(game, role, network)
    made, judged = tuple(generator.output_shape[1:]), tuple(discriminator.inputs[0].shape[1:])
    if game.judged_shape(made) != judged:
        raise ValueError(
            f"Expected a discriminator for the generator's images of shape {game.judged_shape(made)}, received one for "
            f"images of shape {judged}: give both networks the same image_shape."
        )
    _check_outputs(game, discriminator)


def _check_inputs(game, role, network):
    expected = 2 if role in game.takes_labels else 1
    if len(network.inputs) != expected:
        kind = "latents" if role == "generator" else "images"
        wanted = f"{kind} and labels" if expected == 2 else f"{kind} alone"
        raise ValueError(
            f"Expected a {role} of {wanted} for {type(game).__name__}, received {network.name!r} with "
            f"{len(network.inputs)} inputs."
        )


def _check_outputs(game, discriminator):
    names = outputs_by_name(discriminator)
    if set(names) != set(game.discriminator_outputs):
        raise ValueError(
            f"Expected a discriminator with the outputs {', '.join(game.discriminator_outputs)} for "
            f"{type(game).__name__}, received {discriminator.name!r} with {', '.join(names)}."
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

    for name in ("discriminator_steps", "generator_steps", "accumulate"):
        steps = getattr(model, name)
        if isinstance(steps, bool) or not isinstance(steps, int) or steps < 1:
            raise ValueError(f"Expected an integer of at least 1, received: {name}={steps!r}")
    momentum = model.ema_momentum
    if momentum is not None and not (isinstance(momentum, numbers.Real) and 0.0 < momentum < 1.0):
        raise ValueError(f"Expected a number in (0, 1), received: ema_momentum={momentum!r}")
    alone = [penalty for penalty in model.penalties if penalty.per_example]
    if alone and is_batch_coupled(model.discriminator):
        raise ValueError(
            f"Expected a discriminator that judges each image alone, since the penalty "
            f"{alone[0].registered_name!r} is per example, received {model.discriminator.name!r} with "
            "BatchNormalization or another layer that couples a batch: build it without (normalization=None) "
            "or compile with penalties=[]."
        )


def check_compilation(jit_compile, replicas):
    """Refuses what Keras would take for a yes, and XLA where a step is not of one device."""
    if jit_compile not in (True, False, "auto"):
        raise ValueError(f"Expected True, False or 'auto', received: jit_compile={jit_compile!r}")
    if jit_compile is True and replicas > 1:
        raise ValueError(
            f"Expected jit_compile=False or 'auto' on {replicas} replicas, whose variables lie on several devices, "
            "received: jit_compile=True. A TPU compiles by itself."
        )


def components(kind, argument, identifiers):
    """The components of a registered kind that a list for this argument of `compile` names, or holds."""
    if not isinstance(identifiers, (list, tuple)):
        raise ValueError(f"Expected a list of names or {kind} objects, received: {argument}={identifiers!r}")
    return [registry.get(kind, identifier) for identifier in identifiers]


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
