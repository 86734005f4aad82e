"""How a game becomes a file and comes back: config, recipe, weights and the states of its random numbers."""

import keras
from keras import ops


class Saving:
    """The half of `AdversarialModel` that Keras' saving calls."""

    def get_config(self):
        return {
            "name": self.name,
            "generator": keras.saving.serialize_keras_object(self.generator),
            "discriminator": keras.saving.serialize_keras_object(self.discriminator),
            "latents": keras.saving.serialize_keras_object(self.latents),
            "seed": self.seed,
        }

    @classmethod
    def from_config(cls, config):
        parts = [part for part in ("generator", "discriminator", "latents") if part in config]
        return cls(**{**config, **{part: keras.saving.deserialize_keras_object(config[part]) for part in parts}})

    def get_compile_config(self):
        if not self.compiled:
            return {}
        parts = ("objective", "penalties", "constraints", "generator_optimizer", "discriminator_optimizer", "tricks")
        return {
            **{part: keras.saving.serialize_keras_object(getattr(self, part)) for part in parts},
            "discriminator_steps": self.discriminator_steps,
            "generator_steps": self.generator_steps,
            "accumulate": self.accumulate,
            "ema_momentum": self.ema_momentum,
            **{name: getattr(self, name) for name in self.own_options},
            **self._compile_arguments,
        }

    def compile_from_config(self, config):
        self.compile(**keras.saving.deserialize_keras_object(config))

    # Keras saves variables of layers and optimizers but not the states of random seeds: without them a resumed run
    # would draw the latents and the dropout masks of another one.

    def _seed_states(self):
        return [variable for variable in self.variables if variable.path.endswith("seed_generator_state")]

    def save_own_variables(self, store):
        super().save_own_variables(store)
        for index, state in enumerate(self._seed_states()):
            store[f"seed_{index}"] = ops.convert_to_numpy(state)

    def load_own_variables(self, store):
        for index, state in enumerate(self._seed_states()):
            state.assign(store[f"seed_{index}"])

    def save_to_preset(self, folder, **options):
        """Writes this game as a preset: see `keras_gans.presets.save_to_preset`."""
        from keras_gans import presets

        return presets.save_to_preset(self, folder, **options)
