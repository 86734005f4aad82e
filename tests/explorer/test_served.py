"""A model on a server answers as the one in this process."""

import numpy as np
import pytest

import keras_gans
from keras_gans import latent_space
from keras_gans.commands import demo_serving, explore
from keras_gans.explorer import Served
from keras_gans.latents import Coded, Truncated, Uniform
from keras_gans.testing import tiny

pytestmark = pytest.mark.serve


@pytest.fixture(scope="module")
def url(game, tmp_path_factory):
    """A server of a conditional model, and of some with latents of all kinds."""
    for package in ("aiohttp", "grpc", "tensorflow_serving"):
        pytest.importorskip(package)
    from keras_gans import exports

    folder = tmp_path_factory.mktemp("exports")
    games = {"tiny": game}
    for name, latents in (
        ("uniform", Uniform()),
        ("narrow", Truncated(0.55)),
        ("coded", Coded(2, 1)),
    ):
        games[name] = keras_gans.NSGAN(tiny.generator(), tiny.discriminator(), latents=latents)
    for name, model in games.items():
        exports.export(model, folder / name, verify=False)
    with demo_serving.served(folder, tmp_path_factory.mktemp("server") / "log") as (_, address):
        yield address


def close(images, others):
    return np.abs(images.astype(int) - others).max() <= 1


def test_it_is_found_out_what_is_served(url, game):
    served = Served(url, "tiny")
    assert (served.num_classes, served.latent_dim, served.takes_labels) == (3, tiny.LATENT_DIM, ("generator",))
    assert served.latents.threshold == 2.0
    assert Served(url, "narrow").latents.threshold == 0.55
    plain = Served(url, "uniform")
    assert plain.num_classes is None and plain.latents.registered_name == "uniform"


def test_a_prior_that_is_not_found_is_asked_for(url):
    with pytest.raises(ValueError, match="received: coded; name its latents"):
        Served(url, "coded")
    served = Served(url, "coded", latents=Coded(2, 1))
    assert close(latent_space.interpolate(served, [1, 2], steps=2).images[0], served.sample(seeds=[1, 2]))


def test_tools_work_on_it(url, game):
    served = Served(url, "tiny")
    assert close(served.sample(200), game.sample(200))  # more rows than a request takes
    ours, theirs = (latent_space.interpolate(model, [3, 5, 8], labels=[1, 2]).images for model in (game, served))
    assert close(theirs, ours)


def test_the_explorer_works_on_it(url, explorer):
    looking = explore.open_explorer(url, name="tiny")
    assert looking.name == f"tiny at {url}" and not looking.has_real and looking.widest == 2.0
    for arguments in ((0, 4), (0, 4, 1), (0, 4, None, 0.5)):
        assert close(looking.samples(*arguments).images, explorer.samples(*arguments).images)
    assert close(looking.interpolation(1, 2, 5).images, explorer.interpolation(1, 2, 5).images)


def test_an_unknown_name(url):
    with pytest.raises(ValueError, match="Expected a model of keras_gans at .*/v1/models/nothing/metadata"):
        Served(url, "nothing")
