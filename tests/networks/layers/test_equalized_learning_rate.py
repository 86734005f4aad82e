import keras
import numpy as np
import pytest
from keras import ops

from keras_gans import backend
from keras_gans.networks.layers import EqualizedLearningRate


def test_kernel_is_scaled_by_gain_over_the_root_of_fan_in():
    wrapper = EqualizedLearningRate(keras.layers.Dense(1, use_bias=False), gain=3.0)
    wrapper.build((None, 4))
    wrapper.kernel.assign([[1.0], [2], [3], [4]])
    np.testing.assert_allclose(ops.convert_to_numpy(wrapper(np.ones((1, 4), "float32"))), [[10 * 3 / 2]])


@pytest.mark.parametrize(
    "layer, fan_in", [(keras.layers.Conv2D(4, 3), 3 * 3 * 2), (keras.layers.Conv2DTranspose(4, 3), 3 * 3 * 2)]
)
def test_fan_in_of_convolutions(layer, fan_in):
    wrapper = EqualizedLearningRate(layer, gain=1)
    wrapper.build((None, 8, 8, 2))
    scale = ops.convert_to_numpy(wrapper.effective_kernel(training=True) / wrapper.kernel)
    np.testing.assert_allclose(scale, np.full_like(scale, fan_in**-0.5), rtol=1e-5)


def test_stored_kernel_is_a_standard_normal_draw_and_its_gradient_is_scaled():
    keras.utils.set_random_seed(0)
    wrapper = EqualizedLearningRate(keras.layers.Dense(50), gain=1)
    wrapper.build((None, 100))
    assert ops.convert_to_numpy(wrapper.kernel.value).std() == pytest.approx(1, abs=0.05)
    inputs = np.ones((1, 100), "float32")
    _, (gradient,) = backend.value_and_gradients(lambda: ops.sum(wrapper(inputs)), [wrapper.kernel])
    np.testing.assert_allclose(ops.convert_to_numpy(gradient), np.full((100, 50), 0.1), rtol=1e-5)


def test_a_built_layer_is_refused():
    layer = keras.layers.Dense(1)
    layer.build((None, 3))
    with pytest.raises(ValueError, match="not built"):
        EqualizedLearningRate(layer)
