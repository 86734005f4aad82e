"""The game of two networks on a stream of data, and everything about it that must be right exactly once."""

import keras
from keras import ops

from keras_gans import backend, registry
from keras_gans.models import checks, training_data
from keras_gans.models.players import Players
from keras_gans.models.sampling import Sampling


class AdversarialModel(backend.Trainer, Sampling, keras.Model):
    """A generator G and a discriminator D, trained against each other by `fit`.

    Keras' split is kept: the constructor says what the model is, `compile` how it is trained. A paper is a subclass
    that states its `recipe`; a paper with another algorithm overrides `train_step(data)` in the verbs of this class,
    on every backend alike.

        for batch in discriminator_batches(data):        D's steps, each on real images of its own
            update_discriminator(batch)                  theta_D <- theta_D - step of grad mean(L_D + penalties)
        update_generator(batch)                          theta_G <- theta_G - step of grad mean(L_G)

    A player's step leaves the other player alone, its moving statistics included.

    Args:
        generator: `keras.Model` from latents `(batch, latent_dim)` to images in [-1, 1].
        discriminator: `keras.Model` from images to unbounded scores `(batch, 1)` or maps of scores.
        latents: the prior p(z), a name ("normal", "uniform", "truncated", "spherical") or a `Latents`.
        seed: integer that starts the model's own random numbers.

    Reference: Goodfellow et al., 2014, arXiv:1406.2661, algorithm 1.
    """

    noun = "game"

    discriminator_options = {}
    """What the paper asks of D, as options that a network family's discriminator takes if it has them."""

    def __init__(self, generator, discriminator, latents="normal", seed=0, **kwargs):
        super().__init__(**kwargs)
        checks.check_networks(generator, discriminator)
        self.generator = generator
        self.discriminator = discriminator
        self.latents = registry.get("latents", latents)
        self.seed = seed
        self.seed_generator = keras.random.SeedGenerator(seed)
        self.built = True

    @staticmethod
    def recipe():
        """The paper's training: what `compile()` uses for every argument that is left out."""
        raise NotImplementedError

    def compile(
        self,
        objective=None,
        penalties=None,
        constraints=None,
        generator_optimizer=None,
        discriminator_optimizer=None,
        discriminator_steps=None,
        ema_momentum=None,
        **kwargs,
    ):
        """Configures training; what is left out is the paper's.

        Args:
            objective: name or `Objective`.
            penalties: list of names or `Penalty`s that D's loss gains; `[]` for none.
            constraints: list of names or `Constraint`s that D's weights are put under after each of its steps.
            generator_optimizer, discriminator_optimizer: name, config or `keras.optimizers.Optimizer`.
            discriminator_steps: updates of D for each update of G, an integer >= 1. A batch of the pipeline is split
                into as many parts, so it holds `discriminator_steps * batch_size` examples.
            ema_momentum: in (0, 1): keep an exponential moving average of G's weights, which `sample`,
                `averaged_generator` and exports then use.
            **kwargs: `steps_per_execution`, `jit_compile`, `run_eagerly` of `keras.Model.compile`.

        Raises:
            ValueError: for unknown names, or parts that do not go together.
        """
        given = {
            "objective": objective,
            "penalties": penalties,
            "constraints": constraints,
            "generator_optimizer": generator_optimizer,
            "discriminator_optimizer": discriminator_optimizer,
            "discriminator_steps": discriminator_steps,
        }
        recipe = {"penalties": [], "constraints": [], "discriminator_steps": 1, **self.recipe()}
        recipe.update({name: value for name, value in given.items() if value is not None})
        super().compile(optimizer=None, loss=None, **kwargs)
        self.objective = registry.get("objective", recipe["objective"])
        self.penalties = [registry.get("penalty", penalty) for penalty in recipe["penalties"]]
        self.constraints = [registry.get("constraint", constraint) for constraint in recipe["constraints"]]
        self.discriminator_steps = recipe["discriminator_steps"]
        self.ema_momentum = ema_momentum
        checks.check_recipe(self)
        self.generator_optimizer = _optimizer(recipe["generator_optimizer"], self.generator, ema_momentum)
        self.discriminator_optimizer = _optimizer(recipe["discriminator_optimizer"], self.discriminator)
        self.optimizer = Players(generator=self.generator_optimizer, discriminator=self.discriminator_optimizer)
        self.trackers = {name: keras.metrics.Mean(name=name) for name in self.tracked()}
        self._compile_arguments = kwargs

    def tracked(self):
        """Names of the means that `fit` logs: losses without penalties, penalties, and D's scores."""
        penalties = [penalty.registered_name for penalty in self.penalties]
        return ["discriminator_loss", "generator_loss", *penalties, "real_score", "fake_score"]

    @property
    def metrics(self):
        return list(self.trackers.values()) if self.compiled else []

    # ---- Training, in the verbs that the papers' algorithms are written in.

    def train_step(self, data):
        for batch in self.discriminator_batches(data):
            self.update_discriminator(batch)
        self.update_generator(batch)
        return self.get_metrics_result()

    def discriminator_batches(self, data):
        """Splits a batch of the pipeline into `discriminator_steps` batches of fresh real images."""
        real, _, _ = keras.utils.unpack_x_y_sample_weight(data)
        if self.discriminator_steps == 1:
            return [real]
        size = ops.shape(real)[0] // self.discriminator_steps
        return [real[step * size : (step + 1) * size] for step in range(self.discriminator_steps)]

    def sample_inputs(self, n):
        """`n` fresh inputs of the generator, from the model's own random numbers."""
        return self.latents.sample(n, self.latent_dim, seed=self.seed_generator)

    def update_discriminator(self, real):
        """One step of D: the objective on real and generated images, and the penalties."""
        fake = backend.call_without_updates(self.generator, self.sample_inputs(ops.shape(real)[0]))
        fake = ops.stop_gradient(fake)

        def losses():
            real_scores, fake_scores = self.scores(real), self.scores(fake)
            self.trackers["real_score"].update_state(real_scores)
            self.trackers["fake_score"].update_state(fake_scores)
            return {
                "discriminator_loss": self.objective.discriminator_loss(real_scores, fake_scores),
                **{penalty.registered_name: self.penalty(penalty, real, fake) for penalty in self.penalties},
            }

        self.descend(self.discriminator, self.discriminator_optimizer, losses)
        for constraint in self.constraints:
            constraint(self.discriminator)

    def update_generator(self, real):
        """One step of G against the D of this moment. `real` is for objectives that compare batches."""
        inputs = self.sample_inputs(ops.shape(real)[0])

        def losses():
            fake_scores = self.opponent_scores(self.generator(inputs, training=True))
            real_scores = self.opponent_scores(real) if self.objective.compares_batches else None
            return {"generator_loss": self.objective.generator_loss(fake_scores, real_scores)}

        self.descend(self.generator, self.generator_optimizer, losses)

    def scores(self, images):
        """D's scores in D's own step, float32 whatever the precision of the networks."""
        return ops.cast(self.discriminator(images, training=True), "float32")

    def opponent_scores(self, images):
        """D's scores in another player's step: training mode, but D's state stays as it is."""
        return ops.cast(backend.call_without_updates(self.discriminator, images), "float32")

    def penalty(self, penalty, real, fake):
        """A penalty per example; zero in the updates that a lazy penalty (`every` > 1) leaves out."""

        def evaluate():
            return penalty(self.scores, real, fake, seed=self.seed_generator)

        if penalty.every == 1:
            return evaluate()
        due = self.discriminator_optimizer.iterations % penalty.every == 0
        return backend.evaluate_if(due, evaluate, ops.zeros((ops.shape(real)[0],), "float32"))

    def descend(self, network, optimizer, losses):
        """The only gradient step: `losses()` gives named per-example losses, whose means are summed and minimised.

        The mean is over the global batch: each replica contributes its share, since optimizers sum over replicas.
        """

        def total():
            values = losses()
            for name, value in values.items():
                self.trackers[name].update_state(value)
            return sum(ops.mean(value) for value in values.values()) / backend.replicas()

        _, gradients = backend.value_and_gradients(total, network.trainable_variables)
        optimizer.apply(gradients, network.trainable_variables)

    def fit(self, x=None, y=None, batch_size=None, **kwargs):
        """`keras.Model.fit` on a `tf.data.Dataset` or an array of images in [-1, 1], checked before training starts.

        `batch_size` is one player's batch: arrays are taken `discriminator_steps * batch_size` at a time. A data set
        of known length is repeated, and an epoch is one pass over it.
        """
        self._assert_compile_called("fit")
        return super().fit(y=y, **{**kwargs, **training_data.prepare(self, x, batch_size, **kwargs)})

    # ---- Saving.

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
        parts = ("generator", "discriminator", "latents")
        return cls(**{**config, **{part: keras.saving.deserialize_keras_object(config[part]) for part in parts}})

    def get_compile_config(self):
        if not self.compiled:
            return {}
        parts = ("objective", "penalties", "constraints", "generator_optimizer", "discriminator_optimizer")
        return {
            **{part: keras.saving.serialize_keras_object(getattr(self, part)) for part in parts},
            "discriminator_steps": self.discriminator_steps,
            "ema_momentum": self.ema_momentum,
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


def _optimizer(identifier, network, ema_momentum=None):
    """An optimizer built on a player's network, so that callbacks and checkpoints find its slots."""
    optimizer = checks.optimizer(identifier)
    if ema_momentum is not None:
        optimizer.use_ema, optimizer.ema_momentum = True, ema_momentum
    optimizer.build(network.trainable_variables)
    return optimizer
