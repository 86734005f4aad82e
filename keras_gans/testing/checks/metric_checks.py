"""What every metric must do, each check one property; run them on an instance of your own `EvaluationMetric`.

for check in metric_checks.checks():
    check(MyMetric())  # AssertionError says what does not hold

The metric must be without an extractor: the checks feed it what it `reads`.
"""

import inspect
import json
import warnings

import keras
import numpy as np

from keras_gans.testing.checks.component_checks import check_documents_its_paper  # noqa: F401

ROWS = 48


def checks():
    """All checks: functions of an `EvaluationMetric` that raise AssertionError."""
    return [value for name, value in globals().items() if name.startswith("check_")]


def check_config_round_trip(metric):
    """The serialized form is plain JSON and rebuilds the same class with the same arguments, kept under their names."""
    rebuilt = _rebuilt(metric)
    assert type(rebuilt) is type(metric), f"{metric} comes back as {rebuilt}"
    for name in inspect.signature(type(metric)).parameters.keys() - {"kwargs"}:
        before, after = getattr(metric, name), getattr(rebuilt, name)
        assert after == before, f"{type(metric).__name__} with {name}={before!r} comes back with {name}={after!r}"


def check_says_where_better_is(metric):
    """Each value has a direction, and the docstring says it in words."""
    assert metric.directions, f"{type(metric).__name__} must declare the directions of its values"
    for output, direction in metric.directions.items():
        assert direction in ("lower", "higher"), f"the direction of {output} is {direction!r}, not lower or higher"
        said = f"{direction} is better" in (type(metric).__doc__ or "").lower()
        assert said, f"{type(metric).__name__}'s docstring must say that {direction} is better"


def check_values_are_declared(metric):
    """`compute` gives a float for each declared value, and spreads of no others: floats that are not negative."""
    values, spreads = _compute(metric, _good(metric))
    assert set(values) == set(metric.directions), f"declared {set(metric.directions)}, computed {set(values)}"
    assert set(spreads) <= set(values), f"spreads of {set(spreads) - set(values)}, which are no values"
    for output, value in [*values.items(), *spreads.items()]:
        assert type(value) is float and np.isfinite(value), f"{output} is {value!r}, not a finite float"
    assert min(spreads.values(), default=0.0) >= 0.0, f"a spread is negative: {spreads}"


def check_direction(metric):
    """Samples of the real distribution score better than samples that have nothing of it, in the declared direction."""
    (good, _), (poor, _) = _compute(metric, _good(metric)), _compute(metric, _poor(metric))
    for output, direction in metric.directions.items():
        better = good[output] < poor[output] if direction == "lower" else good[output] > poor[output]
        assert better, (
            f"{output}: {direction} is declared better, but {good[output]} of good samples, {poor[output]} of poor"
        )


def check_batches_change_nothing(metric):
    """Batches of 7, with sides that come one by one, give the value of one batch."""
    real, generated = _good(metric)
    whole, parts = _rebuilt(metric), _rebuilt(metric)
    whole.update_state(real, generated)
    for start in range(0, ROWS, 7):
        parts.update_state(real[start : start + 7], None)
        parts.update_state(None, generated[start : start + 7])
    np.testing.assert_equal(parts.result(), whole.result())


def check_reset(metric):
    """After `reset_state`, nothing is left of earlier batches."""
    used, fresh = _rebuilt(metric), _rebuilt(metric)
    used.update_state(*_poor(metric))
    used.reset_state()
    for one in (used, fresh):
        one.update_state(*_good(metric))
    np.testing.assert_equal(used.result(), fresh.result())


def check_repeatable(metric):
    """Equal batches give equal values: what is random has a seed."""
    assert _compute(metric, _good(metric)) == _compute(metric, _good(metric)), "a second time, the value is another"


def check_reference_is_declared(metric):
    """`uses_reference` says whether real images change the value."""
    real, generated = _good(metric)
    other = _good(metric, seed=9)[0]
    changes = _compute(metric, (real, generated))[0] != _compute(metric, (other, generated))[0]
    assert changes == metric.uses_reference, f"declared {metric.uses_reference}, measured {changes}"


def check_constant_images(metric):
    """Images that are all the same give finite numbers or a ValueError, never NaN."""
    constant = np.repeat(_good(metric)[0][:1], ROWS, axis=0)
    for pair in ((constant, constant), (_good(metric)[0], constant), (constant, _good(metric)[1])):
        try:
            with warnings.catch_warnings(action="ignore"):  # scikit-learn's: fewer distinct points than clusters
                values, _ = _compute(metric, pair)
        except ValueError:
            continue
        assert all(np.isfinite(value) for value in values.values()), f"constant images give {values}"


def check_refuses(metric):
    """NaN, another rank and no rows are errors of the batch that brings them."""
    _, generated = _good(metric)
    bad = [generated[:, 0], generated[:0]]
    bad += [generated / 255.0] if metric.reads == "images" else [np.full_like(generated, np.nan)]
    for batch in bad:
        try:
            _rebuilt(metric).update_state(None, batch)
        except (TypeError, ValueError) as error:
            assert "Expected" in str(error), f"the error does not say what was expected: {error}"
        else:
            raise AssertionError(f"a batch of shape {batch.shape}, {batch.dtype} is taken without a word")


def _rebuilt(metric):
    """A fresh copy through JSON."""
    serialized = json.loads(json.dumps(keras.saving.serialize_keras_object(metric)))
    return keras.saving.deserialize_keras_object(serialized)


def _compute(metric, pair):
    """`(values, spreads)` of real and generated rows."""
    collected = [metric.collector().update(side).result() for side in pair]
    return metric.compute(collected[0] if metric.uses_reference else None, collected[1])


def _good(metric, seed=0):
    """Real and generated rows of one distribution."""
    return tuple(_DISTRIBUTIONS[metric.reads](np.random.default_rng([seed, side])) for side in (0, 1))


def _poor(metric):
    """Real rows, and generated ones that are far away and hardly differ from each other."""
    real, generated = _good(metric)
    if metric.reads == "images":
        return real, (200 + generated // 64).astype("uint8")
    if metric.reads == "labels":
        return real, generated + [0.0, 1.0]
    return real, 100.0 + 0.01 * generated


_DISTRIBUTIONS = {
    "features": lambda draw: draw.normal(size=(ROWS, 6)),
    "logits": lambda draw: 10.0 * np.eye(6)[draw.integers(6, size=ROWS)] + draw.normal(size=(ROWS, 6)),
    "labels": lambda draw: np.repeat(draw.integers(6, size=(ROWS, 1)), 2, axis=1).astype("float64"),
    "images": lambda draw: np.repeat(draw.integers(0, 256, (ROWS, 14, 7, 1)), 2, axis=2).astype("uint8"),
}
