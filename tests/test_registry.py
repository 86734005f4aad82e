"""Lookup: by name, class, config and instance; what is wrong is said with the nearest names."""

import importlib
import json

import keras
import pytest

from keras_gans import registry
from keras_gans.objectives import Hinge, LeastSquares, Objective, Wasserstein
from keras_gans.penalties import RealGradient

# One metric file holds what one paper computes from the same features: its metrics' names are their protocols'.
FOLDERS = [
    noun
    for noun in registry.nouns()
    if noun != "metric" and hasattr(importlib.import_module(registry._ROOMS[noun]), "__path__")
]


@pytest.fixture
def own_classes(monkeypatch):
    """What a test registers is forgotten afterwards, or it would be tested and documented as a part of the library."""
    for noun in registry.nouns():
        registry.names(noun)
    copies = {noun: dict(classes) for noun, classes in registry._CLASSES.items()}
    monkeypatch.setattr(registry, "_CLASSES", copies)


def test_get_by_name():
    assert type(registry.get("objective", "least_squares")) is LeastSquares


def test_get_by_class():
    assert type(registry.get("objective", Hinge)) is Hinge


def test_get_by_config():
    config = json.loads(json.dumps(keras.saving.serialize_keras_object(LeastSquares(real_target=0.9))))
    found = registry.get("objective", config)
    assert type(found) is LeastSquares and found.real_target == 0.9


def test_get_by_instance():
    objective = Hinge()
    assert registry.get("objective", objective) is objective


def test_lookup_gives_the_class():
    assert registry.lookup("penalty", "real_gradient") is RealGradient


def test_names_are_sorted():
    names = registry.names("objective")
    assert names == sorted(names) and {"minimax", "non_saturating", "f_divergence", "relativistic"} <= set(names)


def test_unknown_name_lists_the_nearest():
    with pytest.raises(ValueError, match=r"registered objective, received: 'wasserstien' \(nearest: wasserstein"):
        registry.get("objective", "wasserstien")


def test_unknown_name_far_from_all_lists_all():
    with pytest.raises(ValueError, match=r"received: 'zzz' \(all: fake_gradient, interpolated_gradient, "):
        registry.get("penalty", "zzz")


def test_unknown_noun():
    with pytest.raises(ValueError, match=r"Expected one of \['objective', .*received: noun='objektive'"):
        registry.names("objektive")


@pytest.mark.parametrize(
    "identifier", [Hinge(), Hinge, keras.saving.serialize_keras_object(Hinge()), 3, None], ids=lambda value: repr(value)
)
def test_wrong_noun(identifier):
    with pytest.raises(TypeError, match=r"registered penalty \(fake_gradient, .* or an instance of one, received: "):
        registry.get("penalty", identifier)


def test_duplicate_name_is_refused(own_classes):
    class Other(Wasserstein):
        pass

    with pytest.raises(ValueError, match="Expected a name that no other objective has, received: 'hinge'"):
        registry.register("hinge")(Other)
    assert registry.lookup("objective", "hinge") is Hinge


def test_a_users_class_gets_lookup_and_serialization(own_classes):
    @registry.register("scaled_wasserstein")
    class ScaledWasserstein(Objective):
        def __init__(self, scale=2.0):
            self.scale = scale

        def discriminator_loss(self, real_scores, fake_scores):
            return self.scale * (fake_scores - real_scores)

    assert "scaled_wasserstein" in registry.names("objective")
    assert registry.get("objective", "scaled_wasserstein").scale == 2.0
    assert ScaledWasserstein.registered_name == "scaled_wasserstein"
    again = registry.get("objective", keras.saving.serialize_keras_object(ScaledWasserstein(scale=3.0)))
    assert type(again) is ScaledWasserstein and again.scale == 3.0
    assert repr(again) == "ScaledWasserstein(scale=3.0)"


def test_registered_classes_of_tests_are_forgotten():
    assert "scaled_wasserstein" not in registry.names("objective")


@pytest.mark.parametrize("noun", FOLDERS)
def test_file_class_and_lookup_name_are_one(noun):
    for name in registry.names(noun):
        cls = registry.lookup(noun, name)
        assert cls.__module__ == f"{registry._ROOMS[noun]}.{name}", f"{name} is in {cls.__module__}"
        assert cls.__name__.lower() == name.replace("_", ""), f"{name} is the class {cls.__name__}"
