"""What every game must do, each check one property; run them on your own subclass of `AdversarialModel`."""

import os
import tempfile

import keras
import numpy as np

from keras_gans.testing import tiny


def checks():
    """All checks: functions of a game class that raise AssertionError."""
    return [value for name, value in globals().items() if name.startswith("check_")]


def check_documents_its_paper(cls):
    """The class docstring names the paper."""
    assert "Reference" in (cls.__doc__ or ""), f"{cls.__name__} must name its paper under 'Reference:'"


def check_compiles_without_arguments(cls):
    """compile() gives the paper's recipe: an objective and an optimizer of each player."""
    model = tiny.game(cls)
    assert model.objective.noun == "objective"
    assert model.generator_optimizer is not model.discriminator_optimizer


def check_every_part_can_be_replaced(cls):
    """compile() takes names and objects."""
    model = tiny.game(cls, objective="hinge", penalties=[], generator_optimizer="sgd", discriminator_steps=2)
    assert model.objective.registered_name == "hinge" and model.penalties == []
    assert isinstance(model.generator_optimizer, keras.optimizers.SGD) and model.discriminator_steps == 2


def check_training_is_finite(cls):
    """A few steps leave finite weights and logs, and change both players."""
    model = tiny.game(cls, dropout=0.3)
    before = [network.get_weights() for network in (model.generator, model.discriminator)]
    logs = _fit(model, steps=2)
    for network, old in zip((model.generator, model.discriminator), before):
        new = network.get_weights()
        assert all(np.isfinite(weight).all() for weight in new)
        assert any(not np.array_equal(a, b) for a, b in zip(old, new)), f"{network.name} must learn"
    assert set(logs) == set(model.tracked()) and all(np.isfinite(value) for value in logs.values())


def check_step_counters(cls):
    """The optimizers count one step of G and `discriminator_steps` of D for each train step."""
    model = tiny.game(cls)
    _fit(model, steps=3)
    assert int(model.generator_optimizer.iterations) == 3
    assert int(model.discriminator_optimizer.iterations) == 3 * model.discriminator_steps


def check_each_critic_step_sees_fresh_images(cls):
    """A batch of the pipeline is split into `discriminator_steps` disjoint batches."""
    model = tiny.game(cls, discriminator_steps=5)
    batches = model.discriminator_batches(_tensors(tiny.batch(model, 10)))
    seen = np.concatenate([keras.ops.convert_to_numpy(batch.images) for batch in batches])
    assert len(batches) == 5 and len(np.unique(seen.reshape(10, -1), axis=0)) == 10


def check_a_step_leaves_the_opponent_alone(cls):
    """A step changes weights of one player; weights and moving statistics of the other stay."""
    model = tiny.game(cls, discriminator_steps=1)
    (batch,) = model.discriminator_batches(_tensors(tiny.batch(model)))
    players = (model.discriminator, model.generator)
    for step, (mine, other) in ((model.update_discriminator, players), (model.update_generator, players[::-1])):
        my_weights, its_weights = mine.get_weights(), other.get_weights()
        step(batch)
        assert any(not np.array_equal(a, b) for a, b in zip(my_weights, mine.get_weights())), f"{mine.name} must learn"
        assert all(np.array_equal(a, b) for a, b in zip(its_weights, other.get_weights())), f"{other.name} must not"


def check_config_round_trip(cls):
    """get_config and from_config give the same networks, get_compile_config the same recipe."""
    model = tiny.game(cls, ema_momentum=0.5)
    twin = cls.from_config(model.get_config())
    twin.compile_from_config(model.get_compile_config())
    assert twin.get_config()["generator"] == model.get_config()["generator"]
    assert twin.get_compile_config() == model.get_compile_config()


def check_save_load_continue(cls):
    """A saved and loaded game goes on exactly as the one that was saved, averaged weights and seeds included."""
    model = tiny.game(cls, ema_momentum=0.9, dropout=0.3)
    _fit(model, steps=2)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "game.keras")
        model.save(path)
        twin = keras.saving.load_model(path)
    assert _fit(model, steps=2) == _fit(twin, steps=2)
    for mine, its in zip(model.get_weights(), twin.get_weights()):
        np.testing.assert_array_equal(mine, its)
    np.testing.assert_array_equal(model.sample(4), twin.sample(4))


def check_samples(cls):
    """`sample` gives uint8 images whose rows depend on their own seeds only."""
    model = tiny.game(cls)
    many = model.sample(5, seed=3)
    assert many.shape == (5, *tiny.IMAGE_SHAPE) and many.dtype == np.uint8
    one = model.sample(seeds=[4])
    assert np.abs(one[0].astype(int) - many[1].astype(int)).max() <= 1


def _fit(model, steps):
    """Trains on fixed images; returns the logs."""
    data = tiny.batch(model, steps * 8 * model.discriminator_steps)
    images, labels = data if isinstance(data, tuple) else (data, None)
    history = model.fit(images, labels, batch_size=8, epochs=1, shuffle=False, verbose=0)
    return {name: values[-1] for name, values in history.history.items()}


def _tensors(batch):
    return keras.tree.map_structure(keras.ops.convert_to_tensor, batch)
