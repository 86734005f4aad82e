"""What every objective, penalty and constraint must do: the checks that their nouns share."""

import inspect
import json

import keras


def check_config_round_trip(component):
    """The serialized form is plain JSON and rebuilds the same class with the same arguments, kept under their names."""
    serialized = json.loads(json.dumps(keras.saving.serialize_keras_object(component)))
    rebuilt = keras.saving.deserialize_keras_object(serialized)
    assert type(rebuilt) is type(component), f"{component} comes back as {rebuilt}"
    for name in inspect.signature(type(component)).parameters:
        before, after = getattr(component, name), getattr(rebuilt, name)
        assert after == before, f"{type(component).__name__} with {name}={before!r} comes back with {name}={after!r}"


def check_documents_its_paper(component):
    """The class has a docstring of its own that names the paper."""
    cls = type(component)
    assert "Reference:" in (cls.__dict__.get("__doc__") or ""), f"{cls.__name__} must name its paper: 'Reference: ...'"
