"""Labels: what labelled games train on, refuse and sample."""

import keras
import numpy as np
import pytest

from keras_gans import data
from keras_gans.models import ACGAN, NSGAN, ConditionalGAN, SemiSupervisedGAN
from keras_gans.testing import tiny


def test_generated_images_are_told_and_judged_with_the_classes_of_the_real_ones(monkeypatch):
    told = []

    def recording(self, player, inputs, labels):
        told.append((player, np.asarray(labels).tolist()))
        return [inputs, labels]

    monkeypatch.setattr(ConditionalGAN, "told", recording)
    game = tiny.game(ConditionalGAN, run_eagerly=True)
    game.fit(tiny.images(4), np.array([2, 0, 1, 1], "int32"), batch_size=4, shuffle=False, verbose=0)
    players = ["generator", "discriminator", "discriminator", "generator", "discriminator"]
    assert told == [(player, [2, 0, 1, 1]) for player in players]


def test_a_batch_is_split_with_its_labels():
    game = tiny.game(ConditionalGAN, discriminator_steps=2)
    pair = keras.ops.convert_to_tensor(tiny.images(6)), keras.ops.convert_to_tensor(np.array([0, 1, 2, 2, 1, 0]))
    parts = game.discriminator_batches(pair)
    assert [np.asarray(part.labels).tolist() for part in parts] == [[0, 1, 2], [2, 1, 0]]


def test_default_labels_follow_the_seeds_so_that_classes_are_balanced_and_rows_independent():
    game = tiny.game(ConditionalGAN)
    many = game.sample(6, seed=2)
    np.testing.assert_array_equal(many, game.sample(6, seed=2, labels=[2, 0, 1, 2, 0, 1]))
    assert np.abs(many[3].astype(int) - game.sample(seeds=[5], labels=2)[0].astype(int)).max() <= 1
    assert not np.array_equal(game.sample(1, labels=0), game.sample(1, labels=1))


@pytest.mark.parametrize("labels", [3, -1, [0, 1], [0.5] * 4, "seven"])
def test_labels_out_of_range_are_one_sentence(labels):
    with pytest.raises(ValueError, match="Expected one label or 4 labels, integers from 0 to 2, received: "):
        tiny.game(ConditionalGAN).sample(4, labels=labels)


def test_labels_for_a_game_without_any_are_refused():
    with pytest.raises(ValueError, match="Expected no labels, since NSGAN is not conditional"):
        tiny.game(NSGAN).sample(4, labels=1)


def test_training_data_must_have_labels_in_range():
    with pytest.raises(ValueError, match="Expected images and labels for ACGAN, received images alone"):
        tiny.game(ACGAN).fit(tiny.images(8), batch_size=8, verbose=0)
    with pytest.raises(ValueError, match="integers from 0 to 2, received: int32 of shape .8,. from -1 to 2"):
        tiny.game(ACGAN).fit(tiny.images(8), np.array([-1, 0, 1, 2, 0, 1, 2, 0], "int32"), batch_size=8, verbose=0)


def test_a_labelled_data_set_trains_and_an_unlabelled_one_is_refused():
    options = {"image_size": 8, "batch_size": 8}
    game = ACGAN(
        tiny.labelled(tiny.generator(), 10),
        keras.Model(*_heads(10)),
    )
    game.compile()
    history = game.fit(data.load("digits", labels=True, **options).take(2), verbose=0).history
    assert np.isfinite(history["class_loss"]).all()
    with pytest.raises(ValueError, match="Expected images and labels for ACGAN"):
        game.fit(data.load("digits", **options), verbose=0)


def _heads(classes):
    network = tiny.discriminator()
    features = network.layers[-2].output
    names = {"scores": 1, "class_logits": classes}
    outputs = {name: keras.layers.Dense(size, name=name)(features) for name, size in names.items()}
    return network.inputs[0], outputs


def test_players_must_take_what_the_game_tells_them():
    with pytest.raises(ValueError, match="Expected a generator of latents and labels for ConditionalGAN, received"):
        ConditionalGAN(tiny.generator(), tiny.labelled(tiny.discriminator()), num_classes=3)
    with pytest.raises(ValueError, match="Expected a discriminator of images alone for NSGAN, received"):
        NSGAN(tiny.generator(), tiny.labelled(tiny.discriminator()))
    with pytest.raises(ValueError, match="with the outputs scores, class_logits for ACGAN, received .* with scores"):
        ACGAN(tiny.labelled(tiny.generator()), tiny.discriminator(), num_classes=3)
    with pytest.raises(ValueError, match="Expected an integer of at least 2, received: num_classes=1"):
        ConditionalGAN(tiny.labelled(tiny.generator()), tiny.labelled(tiny.discriminator()), num_classes=1)


def test_unlabelled_images_have_no_class_loss():
    """log 3 for each labelled image at equal logits, averaged over the labelled ones, whatever their number."""
    game = tiny.game(SemiSupervisedGAN)
    judged = {"scores": keras.ops.zeros((4, 1)), "class_logits": keras.ops.zeros((4, 3))}
    for labels in ([0, -1, -1, 2], [0, 1, 2, 0], [-1, -1, -1, 1]):
        losses = game.discriminator_losses(judged, judged, keras.ops.convert_to_tensor(labels), None)
        assert float(keras.ops.mean(losses["class_loss"])) == pytest.approx(np.log(3), rel=1e-6)
    losses = game.discriminator_losses(judged, judged, keras.ops.convert_to_tensor([-1] * 4), None)
    assert float(keras.ops.mean(losses["class_loss"])) == 0.0
