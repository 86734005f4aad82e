"""How a game is trained: the paper's recipe, and what a user puts in its place."""

import keras

from keras_gans import registry
from keras_gans.models import checks, players

DEFAULTS = {
    "penalties": [],
    "constraints": [],
    "discriminator_steps": 1,
    "generator_steps": 1,
    "accumulate": 1,
    "tricks": [],
}
"""What a recipe does not have to say."""


class Compilation:
    """The part of `AdversarialModel` that `compile` configures."""

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
        generator_steps=None,
        accumulate=None,
        tricks=None,
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
            generator_steps: updates of G after D's, an integer >= 1.
            accumulate: parts in which each step works on its batch, an integer >= 1 that divides the batch: the memory
                of a part is enough for the step of the whole. Batch statistics (BatchNormalization, objectives that
                compare batches) are those of a part.
            tricks: list of names or `Trick`s that change what the players see, minimise or may do.
            ema_momentum: in (0, 1): keep an exponential moving average of G's weights, which `sample`,
                `averaged_generator` and exports then use.
            **kwargs: what only this game's recipe names, such as the weights of its further losses; and
                `steps_per_execution`, `jit_compile`, `run_eagerly` of `keras.Model.compile`.

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
            "generator_steps": generator_steps,
            "accumulate": accumulate,
            "tricks": tricks,
        }
        self.own_options = [name for name in self.recipe() if name not in given]
        given.update({name: kwargs.pop(name, None) for name in self.own_options})
        recipe = {**DEFAULTS, **self.recipe(), **{name: value for name, value in given.items() if value is not None}}
        checks.check_compilation(kwargs.get("jit_compile", "auto"), self.replicas)
        super().compile(optimizer=None, loss=None, **kwargs)
        self.objective = registry.get("objective", recipe["objective"])
        self.penalties = checks.components("penalty", "penalties", recipe["penalties"])
        self.constraints = checks.components("constraint", "constraints", recipe["constraints"])
        self.discriminator_steps = recipe["discriminator_steps"]
        self.generator_steps = recipe["generator_steps"]
        self.accumulate = recipe["accumulate"]
        self.tricks = checks.components("trick", "tricks", recipe["tricks"])
        self.ema_momentum = ema_momentum
        for name in self.own_options:
            setattr(self, name, recipe[name])
        checks.check_recipe(self)
        optimizers = [checks.optimizer(recipe[f"{player}_optimizer"]) for player in ("generator", "discriminator")]
        self.generator_optimizer = players.optimizer_of(self.generator, optimizers[0], ema_momentum)
        self.discriminator_optimizer = players.optimizer_of(self.discriminator, optimizers[1])
        self.optimizer = players.Players(generator=self.generator_optimizer, discriminator=self.discriminator_optimizer)
        self.trick_states.clear()
        self.trick_states.extend(trick.attach(self) for trick in self.tricks)
        self.played_objective = self.objective
        for trick in self.tricks:
            self.played_objective = trick.objective(self, self.played_objective)
        self.trackers = {name: keras.metrics.Mean(name=name) for name in self.tracked()}
        self._compile_arguments = kwargs

    def tracked(self):
        """Names of the means that `fit` logs: losses without penalties, penalties, and D's scores."""
        penalties = [penalty.registered_name for penalty in self.penalties]
        tricks = [name for trick in self.tricks for name in trick.extra_losses]
        return [
            "discriminator_loss",
            "generator_loss",
            *self.extra_losses,
            *penalties,
            *tricks,
            "real_score",
            "fake_score",
        ]

    @property
    def metrics(self):
        return list(self.trackers.values()) if self.compiled else []
