"""Presets: a trained game as a folder of plain files that load anywhere, with its scores and its origin.

    zoo/wgan_gp_mnist/
      preset.json                what it is, how it was trained, where it comes from, its scores, its golden sample
      generator.weights.h5       averaged weights, where training kept them
      discriminator.weights.h5
      samples.png                a grid of its first seeds
      card.md                    preset.json, for people

sha256 of the weights are checked before anything is read from them. There is no pickle in a preset and no code.
"""

from keras_gans.presets.loading import from_preset, load_model, trained_on, training_seed
from keras_gans.presets.preset import Preset
from keras_gans.presets.saving import save_to_preset
from keras_gans.presets.zoo import names, zoo_path

__all__ = ["Preset", "from_preset", "load_model", "names", "save_to_preset", "trained_on", "training_seed", "zoo_path"]
