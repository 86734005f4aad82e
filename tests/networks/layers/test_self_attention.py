import keras
import numpy as np
import pytest
from keras import ops

from keras_gans.networks.layers import SelfAttention

MAPS = np.random.default_rng(0).normal(size=(2, 4, 6, 16)).astype("float32")


def plain_attention(layer, x, pooling):
    """A softmax attention in NumPy, one place at a time."""
    query, key, value, output = (
        ops.convert_to_numpy(part.kernel.value)[0, 0]
        for part in (layer.query, layer.key, layer.value, layer.output_projection)
    )
    keys, values = x @ key, x @ value
    if pooling:
        keys, values = (
            maps.reshape(2, 2, 2, 3, 2, -1).max(axis=(2, 4))  # (batch, 2 rows of blocks, 2, 3 columns of blocks, 2, c)
            for maps in (keys, values)
        )
    keys, values = keys.reshape(2, -1, 2), values.reshape(2, -1, 8)
    result = np.zeros_like(x)
    for index in np.ndindex(2, 4, 6):
        similarity = keys[index[0]] @ (x[index] @ query)
        attention = np.exp(similarity - similarity.max())
        attention /= attention.sum()
        result[index] = x[index] + float(layer.gamma) * (attention @ values[index[0]]) @ output
    return result


@pytest.mark.parametrize("pooling", [False, True])
def test_equals_a_plain_softmax_attention(pooling):
    keras.utils.set_random_seed(0)
    layer = SelfAttention(pooling=pooling, spectral_normalization=False)
    layer.build(MAPS.shape)
    layer.gamma.assign(0.7)
    outputs = ops.convert_to_numpy(layer(MAPS))
    np.testing.assert_allclose(outputs, plain_attention(layer, MAPS, pooling), rtol=1e-4, atol=1e-5)
    assert np.abs(outputs - MAPS).max() > 0.01


def test_starts_as_the_identity():
    np.testing.assert_array_equal(ops.convert_to_numpy(SelfAttention()(MAPS)), MAPS)


def test_spectral_normalization_of_all_four_convolutions():
    layer = SelfAttention()
    layer(MAPS, training=True)
    assert [variable.path.split("/")[-2] for variable in layer.variables if variable.name == "u"] == [
        "query",
        "key",
        "value",
        "output_projection",
    ]


def test_odd_sides_are_pooled_too():
    assert SelfAttention()(MAPS[:, :3, :5]).shape == (2, 3, 5, 16)


def test_too_few_channels_are_refused():
    with pytest.raises(ValueError, match="at least 8 channels, received"):
        SelfAttention()(MAPS[..., :4])
