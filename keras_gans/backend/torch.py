"""PyTorch's autodiff."""

import keras
import numpy as np
import torch

fused_batch_normalization = None
"""Left to Keras."""

leaky_relu = keras.ops.leaky_relu


def value_and_gradients(loss, variables):
    """The value of the scalar `loss()` and its gradients with respect to `variables`."""
    with torch.enable_grad():
        value = loss()
        gradients = torch.autograd.grad(value, [variable.value for variable in variables], allow_unused=True)
    return value.detach(), list(gradients)


def input_gradient(function, inputs):
    """The gradient of `sum(function(inputs))` with respect to `inputs`, differentiable again."""
    with torch.enable_grad():
        inputs = inputs if inputs.requires_grad else inputs.detach().requires_grad_(True)
        outputs = function(inputs)
        if not outputs.requires_grad:
            return torch.zeros_like(inputs)
        (gradient,) = torch.autograd.grad(outputs.sum(), inputs, create_graph=True, allow_unused=True)
    return torch.zeros_like(inputs) if gradient is None else gradient


def weight_gradients(loss, variables):
    """Gradients of the scalar `loss()` by the values that `variables` have in the scope, differentiable again."""
    with torch.enable_grad():
        values = [variable.value for variable in variables]
        gradients = torch.autograd.grad(loss(), values, create_graph=True, allow_unused=True)
    return [torch.zeros_like(value) if gradient is None else gradient for value, gradient in zip(values, gradients)]


def evaluate_if(condition, function, otherwise):
    """`function()` where the scalar `condition` is true, else the tensor `otherwise`, without evaluating both."""
    return function() if bool(condition) else otherwise


def random_bytes(shape, seed):
    """Integers from 0 to 255, uint8 of `shape`, from a seed `(2,)`."""
    # PyTorch's generator on CPUs takes 32 bits.
    state = int(np.random.SeedSequence(seed.tolist()).generate_state(1)[0])
    generator = torch.Generator(seed.device).manual_seed(state)
    return torch.randint(256, tuple(shape), dtype=torch.uint8, generator=generator, device=seed.device)


def replicas():
    """How many replicas share the global batch."""
    return 1


def mean_of_replicas(value):
    """The mean of a tensor over the replicas: there is one."""
    return value


def of_replica(seed):
    """The seed for this replica: there is one."""
    return seed


class Trainer:
    """Keras' PyTorch trainer calls `train_step(data)` as it is."""

    replicas = 1


Together = None
"""PyTorch cannot vectorize over whole models."""
