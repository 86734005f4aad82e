"""Looking around in the latent space of a trained generator.

    sheet = latent_space.interpolate(model, seeds=[3, 5, 8])
    sheet.images                                     # uint8 (2, 9, 28, 28, 1): row k goes from seed k to seed k + 1
    sheet.save_png("walk.png")
    sheet.save_gif("walk.gif")

A model is anything that samples: a game (`keras_gans.from_preset`, `keras_gans.load_run`), or a running server
(`keras_gans.explorer.Served`). It has `latents`, `latent_dim`, `takes_labels`, `num_classes`, `sample` and `generate`.
"""

from keras_gans.latent_space.arithmetic import arithmetic, average
from keras_gans.latent_space.directions import attribute_direction, move_along, predicted_classes
from keras_gans.latent_space.drawing import latents_of
from keras_gans.latent_space.interpolation import interpolate
from keras_gans.latent_space.inversion import Inversion, invert
from keras_gans.latent_space.neighbours import beside_neighbours, nearest_neighbours
from keras_gans.latent_space.paths import linear, spherical
from keras_gans.latent_space.sheet import Sheet
from keras_gans.latent_space.truncation import truncation_sweep

__all__ = [
    "Inversion",
    "Sheet",
    "arithmetic",
    "attribute_direction",
    "average",
    "beside_neighbours",
    "interpolate",
    "invert",
    "latents_of",
    "linear",
    "move_along",
    "nearest_neighbours",
    "predicted_classes",
    "spherical",
    "truncation_sweep",
]
