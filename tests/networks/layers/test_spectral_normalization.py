import keras
import numpy as np
import pytest
from keras import ops

from keras_gans import backend
from keras_gans.networks.layers import SpectralNormalization

LAYERS = keras.layers
MAPS = np.random.default_rng(0).normal(size=(2, 6, 6, 3)).astype("float32")
CASES = {
    "dense": (lambda: LAYERS.Dense(5), MAPS[:, 0, 0]),
    "conv1d": (lambda: LAYERS.Conv1D(5, 3), MAPS[:, 0]),
    "conv2d": (lambda: LAYERS.Conv2D(5, 3), MAPS),
    "conv3d": (lambda: LAYERS.Conv3D(5, 2), MAPS[None]),
    "conv2d_transpose": (lambda: LAYERS.Conv2DTranspose(5, 3, strides=2), MAPS),
    "embedding": (lambda: LAYERS.Embedding(7, 5), np.array([0, 3])),
}


@pytest.fixture(params=CASES)
def case(request):
    keras.utils.set_random_seed(0)
    make, inputs = CASES[request.param]
    wrapper = SpectralNormalization(make())
    wrapper(inputs)
    return wrapper, inputs


def value_of(variable):
    """A copy, which does not follow the variable."""
    return np.array(ops.convert_to_numpy(variable.value))


def as_matrix(wrapper, kernel):
    """One row per output channel, written out for each kind of layer."""
    kernel = ops.convert_to_numpy(kernel)
    if isinstance(wrapper.layer, LAYERS.Conv2DTranspose):  # (rows, columns, output channels, input channels)
        return kernel.transpose(2, 0, 1, 3).reshape(kernel.shape[2], -1)
    return kernel.reshape(-1, kernel.shape[-1]).T


def test_sigma_is_the_largest_singular_value_and_the_used_kernel_has_norm_one(case):
    wrapper, inputs = case
    before = value_of(wrapper.kernel)
    for _ in range(100):
        wrapper(inputs, training=True)
    used = ops.convert_to_numpy(wrapper.effective_kernel(training=False))
    largest = np.linalg.svd(as_matrix(wrapper, before), compute_uv=False)[0]
    np.testing.assert_allclose(before / used, np.full_like(before, largest), rtol=0.01)
    assert np.linalg.svd(as_matrix(wrapper, used), compute_uv=False)[0] == pytest.approx(1, rel=0.01)
    np.testing.assert_array_equal(value_of(wrapper.kernel), before)  # W itself stays


def test_the_layer_computes_with_the_used_kernel(case):
    wrapper, inputs = case
    outputs = ops.convert_to_numpy(wrapper(inputs))
    wrapper.kernel.assign(wrapper.effective_kernel(training=False))
    np.testing.assert_allclose(ops.convert_to_numpy(wrapper.layer(inputs)), outputs, rtol=1e-4, atol=1e-6)


def test_one_power_iteration_by_hand():
    wrapper = SpectralNormalization(LAYERS.Dense(2, use_bias=False))
    wrapper.build((None, 2))
    wrapper.kernel.assign([[3.0, 0.0], [0.0, 4.0]])
    wrapper.u.assign([[1.0], [1.0]])
    # v = (3, 4) / 5; W v = (9, 16) / 5, of length sqrt(337) / 5; sigma = u+' W v = that length
    outputs = wrapper(np.eye(2, dtype="float32"), training=True)
    np.testing.assert_allclose(ops.convert_to_numpy(outputs), np.diag([3, 4]) * 5 / np.sqrt(337), rtol=1e-6)
    np.testing.assert_allclose(value_of(wrapper.u), np.array([[9], [16]]) / np.sqrt(337), rtol=1e-6)


def test_u_moves_in_training_calls_only_and_not_in_the_opponents_step(case):
    wrapper, inputs = case
    start = value_of(wrapper.u)
    wrapper(inputs)
    backend.call_without_updates(wrapper, inputs)
    np.testing.assert_array_equal(value_of(wrapper.u), start)
    wrapper(inputs, training=True)
    assert not np.array_equal(value_of(wrapper.u), start)
    assert not wrapper.u.trainable


def test_gradient_passes_through_sigma_with_u_and_v_fixed():
    """With L = sum(A * W/sigma): dL/dW = (A - (sum(A * W) / sigma) u v') / sigma."""
    keras.utils.set_random_seed(1)
    wrapper = SpectralNormalization(LAYERS.Dense(3, use_bias=False))
    wrapper.build((None, 4))
    weights = np.random.default_rng(2).normal(size=(4, 3)).astype("float32")
    inputs = np.eye(4, dtype="float32")
    _, (gradient,) = backend.value_and_gradients(
        lambda: ops.sum(wrapper(inputs) * ops.convert_to_tensor(weights)), [wrapper.kernel]
    )

    matrix, u = value_of(wrapper.kernel).T, value_of(wrapper.u)[:, 0]
    v = matrix.T @ u / np.linalg.norm(matrix.T @ u)
    u = matrix @ v / np.linalg.norm(matrix @ v)
    sigma = u @ matrix @ v
    expected = (weights.T - np.sum(weights.T * matrix) / sigma * np.outer(u, v)) / sigma
    np.testing.assert_allclose(ops.convert_to_numpy(gradient), expected.T, rtol=1e-4, atol=1e-5)


def test_double_gradient_of_a_penalty_reaches_the_kernel():
    wrapper = SpectralNormalization(LAYERS.Dense(1))
    inputs = ops.convert_to_tensor(MAPS[:, 0, 0])
    wrapper(inputs)

    def penalty():
        return ops.sum(ops.square(backend.input_gradient(wrapper, inputs) - 0.1))

    _, gradients = backend.value_and_gradients(penalty, [wrapper.kernel])
    assert np.isfinite(ops.convert_to_numpy(gradients[0])).all()


def test_other_layers_are_refused():
    with pytest.raises(ValueError, match="Expected a Dense, Conv, ConvTranspose or Embedding layer, received"):
        SpectralNormalization(LAYERS.DepthwiseConv2D(3))
