import keras
import numpy as np
import pytest
from keras import ops

from keras_gans.networks.layers import Dropout

ONES = np.ones((64, 8, 8, 32), "float32")


@pytest.mark.parametrize("dtype", ["float32", "bfloat16", "float16"])
@pytest.mark.parametrize("rate", [0.2, 0.3, 0.5])
def test_share_and_mean(rate, dtype):
    dropped = round(rate * 256) / 256
    outputs = ops.convert_to_numpy(ops.cast(Dropout(rate, seed=1, dtype=dtype)(ONES, training=True), "float64"))
    # Four standard deviations of a mean of 131,072 draws.
    tolerance = 4 * np.sqrt(dropped * (1 - dropped) / ONES.size)
    assert np.mean(outputs == 0) == pytest.approx(dropped, abs=tolerance)
    np.testing.assert_allclose(outputs[outputs > 0], 1 / (1 - dropped), rtol=0 if rate == 0.5 else 4e-3)
    assert np.mean(outputs) == pytest.approx(1, abs=4e-3 + tolerance / (1 - dropped))


def test_units_are_dropped_independently():
    kept = ops.convert_to_numpy(Dropout(0.5, seed=1)(ONES, training=True)).reshape(-1) > 0
    for shift in (1, 2, 3, 4, 32, 2048):
        assert np.mean(kept[shift:] == kept[:-shift]) == pytest.approx(0.5, abs=4 * 0.5 / np.sqrt(kept.size - shift))


def test_follows_its_seed_and_moves_on():
    def twice(seed):
        layer = Dropout(0.5, seed=seed)
        return [ops.convert_to_numpy(layer(ONES[:, :1, :1, :3], training=True)) for _ in range(2)]

    first, second = twice(1)
    assert first.shape == (64, 1, 1, 3) and not np.array_equal(first, second)
    np.testing.assert_array_equal(np.stack(twice(1)), np.stack([first, second]))
    assert not np.array_equal(twice(2)[0], first)


def test_does_nothing_but_in_training():
    np.testing.assert_array_equal(ops.convert_to_numpy(Dropout(0.5)(ONES)), ONES)
    np.testing.assert_array_equal(ops.convert_to_numpy(Dropout(0.0)(ONES, training=True)), ONES)


def test_config():
    layer = Dropout(0.25, seed=3, name="twin")
    twin = keras.layers.deserialize(keras.layers.serialize(layer))
    assert (twin.rate, twin.seed, twin.name) == (0.25, 3, "twin")


@pytest.mark.parametrize("rate", [0.001, 0.999, 1.0])
def test_a_rate_that_a_byte_cannot_express_is_refused(rate):
    with pytest.raises(ValueError, match=f"Expected a rate of 0, or from 1/512 on .* received: rate={rate}"):
        Dropout(rate)


def test_a_shape_of_its_own_for_the_mask_is_refused():
    with pytest.raises(TypeError, match="noise_shape"):
        Dropout(0.3, noise_shape=(1, 1))
