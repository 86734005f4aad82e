"""Things with arguments, written in one word."""

import json

import pytest

from keras_gans import spelling


@pytest.mark.parametrize(
    ("text", "parsed"),
    [
        ("ns_gan", ("ns_gan", {})),
        (" ns_gan [] ", ("ns_gan", {})),
        ("a[b=4, c=x]", ("a", {"b": 4, "c": "x"})),
        ('a[b=["x","y"],c=[1,2],d=true]', ("a", {"b": ["x", "y"], "c": [1, 2], "d": True})),
        ('a[b={"x": 1, "y": [2, 3]},c={"z": 4}]', ("a", {"b": {"x": 1, "y": [2, 3]}, "c": {"z": 4}})),
        ("a[b=.9,c=None,d=False]", ("a", {"b": 0.9, "c": None, "d": False})),
        ("a[b=c=d]", ("a", {"b": "c=d"})),
    ],
)
def test_arguments_are_json_or_literals_of_python_or_strings(text, parsed):
    assert spelling.parse(text, "game") == parsed


@pytest.mark.parametrize("text", ["", "a[b=4", "a b", "a[b]", "a[b=1,c]", "a]b=1["])
def test_other_forms_are_refused(text):
    with pytest.raises(ValueError, match=r"Expected trick or trick\[argument=value,...\], received"):
        spelling.parse(text, "trick")


def test_an_object_with_its_arguments():
    noise = spelling.read("instance_noise[stddev=0.2,real_only=true]", "trick")
    assert (type(noise).__name__, noise.stddev, noise.real_only) == ("InstanceNoise", 0.2, True)
    config = {"initial_learning_rate": 0.5, "decay_steps": 10}
    schedule = json.dumps({"module": "keras.optimizers.schedules", "class_name": "PolynomialDecay", "config": config})
    assert float(spelling.read(f"instance_noise[stddev={schedule}]", "trick").stddev(0)) == 0.5


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("instance_nose", "nearest: instance_noise"),
        ("instance_noise[std=0.1]", "trick instance_noise.*nearest: stddev"),
    ],
)
def test_unknown_names_and_arguments(text, message):
    with pytest.raises(ValueError, match=message):
        spelling.read(text, "trick")
