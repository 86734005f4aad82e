import h5py
import keras
import pytest

from keras_gans import registry
from keras_gans.networks import DCGANGenerator, MLPDiscriminator, is_batch_coupled

LAYERS = keras.layers
GROUPS = {
    "dcgan": (
        "batch_normalization batch_normalization_1 conv2d_transpose conv2d_transpose_1 dense",
        "batch_normalization conv2d conv2d_1 dense",
    ),
    "dcgan_lecture": (
        "batch_normalization batch_normalization_1 batch_normalization_2 "
        "conv2d_transpose conv2d_transpose_1 conv2d_transpose_2 dense",
        "conv2d conv2d_1 dense",
    ),
    "infogan": (
        "batch_normalization batch_normalization_1 batch_normalization_2 "
        "conv2d_transpose conv2d_transpose_1 dense dense_1",
        "batch_normalization batch_normalization_1 conv2d conv2d_1 dense dense_1",
    ),
    "mlp": ("dense dense_1 dense_2", "dense dense_1 dense_2"),
}


@pytest.mark.parametrize("name", GROUPS)
def test_groups_of_the_weight_files_are_frozen(name, tmp_path):
    """They are a file format: published weights must still load."""
    network = registry.lookup("network", name)
    for player, groups in zip((network.generator, network.discriminator), GROUPS[name], strict=True):
        player(**network.small).save_weights(tmp_path / "player.weights.h5")
        with h5py.File(tmp_path / "player.weights.h5") as file:
            assert {group for group, layer in file["layers"].items() if len(layer["vars"])} == set(groups.split())


def test_a_users_own_model_is_asked_layer_by_layer():
    inside = keras.Sequential([keras.Input((3,)), LAYERS.Dense(3), LAYERS.BatchNormalization()])
    assert is_batch_coupled(inside)
    assert is_batch_coupled(keras.Sequential([keras.Input((3,)), inside, LAYERS.Dense(1)]))
    assert is_batch_coupled(keras.Sequential([keras.Input((5, 3)), LAYERS.TimeDistributed(inside)]))
    normalized = [LAYERS.LayerNormalization(), LAYERS.GroupNormalization(1), LAYERS.Dropout(0.5), LAYERS.Dense(1)]
    assert not is_batch_coupled(keras.Sequential([keras.Input((3,)), *normalized]))


def test_frozen_batch_normalization_does_not_couple():
    frozen = LAYERS.BatchNormalization()
    frozen.trainable = False
    assert not is_batch_coupled(keras.Sequential([keras.Input((3,)), frozen]))


def test_a_layer_or_a_model_may_declare_itself():
    class BatchMean(LAYERS.Layer):
        batch_coupled = True

        def call(self, inputs):
            return inputs - keras.ops.mean(inputs, axis=0)

    class Model(keras.Model):
        batch_coupled = True

        def call(self, inputs):
            return inputs

    assert is_batch_coupled(keras.Sequential([keras.Input((3,)), BatchMean()]))
    assert is_batch_coupled(Model())


def test_players_declare_it():
    assert DCGANGenerator(width=1 / 16).batch_coupled
    assert not MLPDiscriminator(image_shape=(2,)).batch_coupled


def test_an_unknown_option_is_refused():
    with pytest.raises(TypeError, match="depth"):
        DCGANGenerator(depth=3)
