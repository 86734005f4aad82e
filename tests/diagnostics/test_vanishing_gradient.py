"""The better D is, the less log(1 - D) tells G, and the more -log D."""

import json

import numpy as np
import pytest
from keras import ops
from typer.testing import CliRunner

from keras_gans import configuration
from keras_gans.cli import app
from keras_gans.diagnostics import frozen_generator, vanishing_gradient
from keras_gans.diagnostics.frozen_generator import ERROR, MINIMAX, NON_SATURATING, FrozenGenerator
from keras_gans.objectives.minimax import Minimax
from keras_gans.objectives.non_saturating import NonSaturating
from keras_gans.testing import tiny

SMALL = [
    *("generator.hidden=[64]", "generator.batch_normalization=true", "discriminator.hidden=[128,128]"),
    *("discriminator.dropout=0.0", "discriminator.input_dropout=0.0"),
]


def small(epochs=1, seed=0):
    return configuration.resolve("ns_gan", "mlp", "digits", epochs=epochs, seed=seed, settings=SMALL)


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    folder = tmp_path_factory.mktemp("experiment")
    found = vanishing_gradient.run(small(), folder, epochs=(1, 3), steps=400, verbose=0, say=lambda line: None)
    return folder, found


def test_the_minimax_gradient_vanishes_and_the_other_grows(report):
    _, curves_of = report
    for epochs, curves in curves_of.items():
        assert set(curves) == set(vanishing_gradient.CURVES) and len(curves[MINIMAX]) == 400
        assert vanishing_gradient.fall(curves[MINIMAX]) >= 2.0, epochs
        assert vanishing_gradient.fall(curves[NON_SATURATING]) < 0.0, epochs
        assert max(curves[ERROR][-50:]) == 0.0
        assert np.median(curves["discriminator_loss"][-50:]) < 0.01


def test_everything_is_kept_and_nothing_done_twice(report):
    folder, found = report
    assert {path.name for path in folder.iterdir()} == {
        *("experiment.json", "checkpoints", "vanishing_gradient.json", "vanishing_gradient.png"),
        *("generator-1.weights.h5", "generator-3.weights.h5", "curves-1.json", "curves-3.json"),
    }
    written = json.loads((folder / "vanishing_gradient.json").read_text())
    assert written == {str(epochs): curves for epochs, curves in found.items()}
    before = {path.name: path.stat().st_mtime_ns for path in folder.glob("*-*")}
    again = vanishing_gradient.run(small(), folder, epochs=(1, 3), steps=400, verbose=0, say=lambda line: None)
    assert again == found
    assert {path.name: path.stat().st_mtime_ns for path in folder.glob("*-*")} == before


def test_another_experiment_is_refused(report):
    folder, _ = report
    with pytest.raises(FileExistsError, match="Expected a new folder or the same experiment"):
        vanishing_gradient.run(small(seed=1), folder, epochs=(1, 3), steps=400, verbose=0)


def test_data_that_are_not_there_leave_no_folder(tmp_path):
    """Or the same command with the right data would be refused for another experiment's folder."""
    (tmp_path / "empty").mkdir()
    wrong = configuration.resolve("ns_gan", "mlp", str(tmp_path / "empty"), epochs=1, seed=0)
    with pytest.raises(ValueError, match="Expected images"):
        vanishing_gradient.run(wrong, tmp_path / "out", epochs=(1,), steps=1, verbose=0)
    assert not (tmp_path / "out").exists()


def game():
    frozen = FrozenGenerator(tiny.generator(), tiny.discriminator())
    frozen.compile()
    return frozen


def test_the_generator_stands_still_and_the_discriminator_moves():
    frozen = game()
    before = [np.copy(ops.convert_to_numpy(variable)) for variable in frozen.variables]
    frozen.train_on_batch(tiny.images(8))
    for variable, value in zip(frozen.variables, before):
        if any(variable is own for own in frozen.generator.variables):
            np.testing.assert_array_equal(ops.convert_to_numpy(variable), value, err_msg=variable.path)
    assert int(frozen.discriminator_optimizer.iterations) == 1
    assert int(frozen.generator_optimizer.iterations) == 0


def test_the_gradients_are_those_of_finite_differences():
    frozen = FrozenGenerator(tiny.generator(batch_normalization=False), tiny.discriminator())
    frozen.compile()
    latents = np.random.default_rng(0).standard_normal((16, tiny.LATENT_DIM)).astype("float32")
    for objective in (Minimax(), NonSaturating()):
        norm = float(frozen.generator_gradient(objective, latents))
        assert norm == pytest.approx(_along_the_gradient(frozen, objective, latents, norm), rel=0.02)


def _along_the_gradient(frozen, objective, latents, norm, length=1e-2):
    """The slope of the loss along its own gradient, by a central difference: the gradient's norm."""
    from keras_gans import backend

    weights = frozen.generator.trainable_variables

    def loss():
        return ops.mean(objective.generator_loss(frozen.discriminator(frozen.generator(latents))))

    _, gradients = backend.value_and_gradients(loss, weights)
    values = []
    for sign in (1.0, -1.0):
        for weight, gradient in zip(weights, gradients):
            weight.assign_add(sign * length / norm * gradient)
        values.append(float(loss()))
        for weight, gradient in zip(weights, gradients):
            weight.assign_sub(sign * length / norm * gradient)
    return (values[0] - values[1]) / (2 * length)


def test_the_error_counts_both_sides():
    frozen = game()
    head = frozen.discriminator.layers[-1]
    head.kernel.assign(np.zeros(head.kernel.shape))
    head.bias.assign([3.0])
    frozen.measure(frozen.discriminator_batches(tiny.images(8))[0])
    # All is called real: right on the real half, wrong on the other.
    assert float(frozen.trackers[frozen_generator.ERROR].result()) == 0.5


def test_fall_is_in_decades():
    assert vanishing_gradient.fall([100.0] * 10 + [1.0] * 10) == pytest.approx(2.0)
    assert vanishing_gradient.fall([1.0] * 10 + [10.0] * 10) == pytest.approx(-1.0)
    assert vanishing_gradient.fall([1.0] * 10 + [0.0] * 10) > 30.0


@pytest.mark.parametrize("arguments", [{"epochs": (3, 1)}, {"epochs": ()}, {"epochs": (0,)}, {"steps": 0}])
def test_refuses_wrong_arguments(tmp_path, arguments):
    with pytest.raises(ValueError, match="Expected"):
        vanishing_gradient.run(small(), tmp_path, **arguments)


def test_the_command(tmp_path):
    settings = [part for setting in SMALL for part in ("--set", setting)]
    arguments = ["experiment", "vanishing-gradient", "--network", "mlp", "--epochs", "1", "--steps", "3", *settings]
    result = CliRunner().invoke(app, [*arguments, "--out", str(tmp_path / "out")], catch_exceptions=False)
    assert "vanishing_gradient.png" in result.output and (tmp_path / "out" / "vanishing_gradient.png").is_file()
