"""The game of two networks on a stream of data, and everything about it that must be right exactly once."""

from typing import Any, NamedTuple

import keras
from keras import ops

from keras_gans import backend, registry
from keras_gans.models import checks, players, training_data
from keras_gans.models.sampling import Sampling
from keras_gans.models.saving import Saving
from keras_gans.networks.layers import spectral_normalization

DEFAULTS = {"penalties": [], "constraints": [], "discriminator_steps": 1, "generator_steps": 1, "tricks": []}
"""What a recipe does not have to say."""


class Batch(NamedTuple):
    """The real images of one update and their classes, or None."""

    images: Any
    labels: Any = None


class AdversarialModel(backend.Trainer, Sampling, Saving, keras.Model):
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

    takes_labels = ()
    """The players that are told an image's class, of "generator" and "discriminator": they are called on pairs."""

    discriminator_outputs = ("scores",)
    """What D returns: a tensor of scores, or with further names a dictionary."""

    extra_losses = ()
    """Names of the losses that the game adds to those of its objective."""

    num_classes = None
    """Number of classes of the data, where the game uses labels."""

    small = {}
    """Arguments of the constructor that go with tiny networks: for checks and trials."""

    def __init__(self, generator, discriminator, latents="normal", seed=0, **kwargs):
        super().__init__(**kwargs)
        checks.check_networks(self, generator, discriminator)
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
        generator_steps=None,
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
            tricks: list of names or `Trick`s that change what the players see, minimise or may do.
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
            "generator_steps": generator_steps,
            "tricks": tricks,
        }
        recipe = {**DEFAULTS, **self.recipe(), **{name: value for name, value in given.items() if value is not None}}
        super().compile(optimizer=None, loss=None, **kwargs)
        self.objective = registry.get("objective", recipe["objective"])
        self.penalties = [registry.get("penalty", penalty) for penalty in recipe["penalties"]]
        self.constraints = [registry.get("constraint", constraint) for constraint in recipe["constraints"]]
        self.discriminator_steps = recipe["discriminator_steps"]
        self.generator_steps = recipe["generator_steps"]
        self.tricks = [registry.get("trick", trick) for trick in recipe["tricks"]]
        self.ema_momentum = ema_momentum
        checks.check_recipe(self)
        self.generator_optimizer = _optimizer(recipe["generator_optimizer"], self.generator, ema_momentum)
        self.discriminator_optimizer = _optimizer(recipe["discriminator_optimizer"], self.discriminator)
        self.optimizer = players.Players(generator=self.generator_optimizer, discriminator=self.discriminator_optimizer)
        self.trick_states = [trick.attach(self) for trick in self.tricks]
        self.trackers = {name: keras.metrics.Mean(name=name) for name in self.tracked()}
        self._compile_arguments = kwargs

    def tracked(self):
        """Names of the means that `fit` logs: losses without penalties, penalties, and D's scores."""
        penalties = [penalty.registered_name for penalty in self.penalties]
        tricks = [name for trick in self.tricks for name in trick.losses]
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

    @staticmethod
    def judged_shape(image_shape):
        """The shape of what D is shown, for images of `image_shape`."""
        return image_shape

    # ---- Training, in the verbs that the papers' algorithms are written in.

    def train_step(self, data):
        for batch in self.discriminator_batches(data):
            self.update_discriminator(batch)
        for _ in range(self.generator_steps):
            self.update_generator(batch)
        return self.get_metrics_result()

    def discriminator_batches(self, data):
        """Splits a batch of the pipeline into `discriminator_steps` batches of fresh real images and their labels.

        Labels are None in a game that does not use any.
        """
        images, labels, _ = keras.utils.unpack_x_y_sample_weight(data)
        labels = None if self.num_classes is None else ops.cast(labels, "int32")
        if self.discriminator_steps == 1:
            return [Batch(images, labels)]
        size = ops.shape(images)[0] // self.discriminator_steps
        parts = [slice(step * size, (step + 1) * size) for step in range(self.discriminator_steps)]
        return [Batch(images[part], None if labels is None else labels[part]) for part in parts]

    def sample_inputs(self, n):
        """`n` fresh latents, from the model's own random numbers."""
        return self.latents.sample(n, self.latent_dim, seed=self.seed_generator)

    def update_discriminator(self, batch):
        """One step of D: the objective on real and generated images, and the penalties.

        Generated images have the classes of the real ones, so that both sides are told the same.
        """
        latents = self.sample_inputs(ops.shape(batch.images)[0])
        inputs = self.told("generator", latents, batch.labels)
        real, fake = batch.images, ops.stop_gradient(backend.call_without_updates(self.generator, inputs))
        for trick in self.tricks:
            real, fake = trick.shown(self, real, fake)

        def losses():
            # One power iteration a step: it comes with the last of D's calls.
            with spectral_normalization.iteration_held():
                penalties = {
                    penalty.registered_name: self.penalty(penalty, real, fake, batch.labels)
                    for penalty in self.penalties
                }
                judged_real = self.judge(real, batch.labels)
            judged_fake = self.judge(fake, batch.labels)
            self.trackers["real_score"].update_state(judged_real["scores"])
            self.trackers["fake_score"].update_state(judged_fake["scores"])
            return {
                **self.discriminator_losses(judged_real, judged_fake, batch.labels, latents),
                **penalties,
                **self.trick_losses("discriminator", real, fake),
            }

        self.descend("discriminator", losses)
        for constraint in self.constraints:
            constraint(self.discriminator)

    def update_generator(self, batch):
        """One step of G against the D of this moment. `batch` is for labels and objectives that compare batches."""
        latents = self.sample_inputs(ops.shape(batch.images)[0])

        def losses():
            fake = self.generator(self.told("generator", latents, batch.labels), training=True)
            for trick in self.tricks:
                fake = trick.shown_by_generator(self, fake)
            judged_fake = self.judge_as_opponent(fake, batch.labels)
            compares = self.objective.compares_batches
            judged_real = self.judge_as_opponent(batch.images, batch.labels) if compares else None
            return {
                **self.generator_losses(judged_fake, judged_real, batch.labels, latents),
                **self.trick_losses("generator", batch.images, fake),
            }

        self.descend("generator", losses)

    def told(self, player, inputs, labels):
        """What a player is called on: its inputs, and where the game says so their classes."""
        return [inputs, labels] if player in self.takes_labels else inputs

    def judge(self, images, labels=None):
        """D's outputs by name in D's own step, float32 whatever the precision of the networks."""
        return self._named(self.discriminator(self.told("discriminator", images, labels), training=True))

    def judge_as_opponent(self, images, labels=None):
        """D's outputs in another player's step: training mode, but D's state stays as it is."""
        return self._named(backend.call_without_updates(self.discriminator, self.told("discriminator", images, labels)))

    def _named(self, outputs):
        outputs = outputs if isinstance(outputs, dict) else {"scores": outputs}
        return {name: ops.cast(output, "float32") for name, output in outputs.items()}

    def discriminator_losses(self, real, fake, labels, latents):
        """What D minimises, by name and per example.

        Args:
            real, fake: D's outputs by name on real images and on the images of `latents`.
            labels: the classes of both `(batch,)`, or None.
            latents: `(batch, latent_dim)`.
        """
        return {"discriminator_loss": self.objective.discriminator_loss(real["scores"], fake["scores"])}

    def generator_losses(self, fake, real, labels, latents):
        """What G minimises; `real` is None unless the objective compares batches. See `discriminator_losses`."""
        real_scores = None if real is None else real["scores"]
        return {"generator_loss": self.objective.generator_loss(fake["scores"], real_scores)}

    def trick_losses(self, player, real, fake):
        """What the tricks add to a player's loss."""
        return {name: value for trick in self.tricks for name, value in trick.loss(self, player, real, fake).items()}

    def penalty(self, penalty, real, fake, labels=None):
        """A penalty per example; zero in the updates that a lazy penalty (`every` > 1) leaves out."""

        def critic(images):
            return self.judge(images, labels)["scores"]

        def evaluate():
            return penalty(critic, real, fake, seed=self.seed_generator)

        if penalty.every == 1:
            return evaluate()
        due = self.discriminator_optimizer.iterations % penalty.every == 0
        return backend.evaluate_if(due, evaluate, ops.zeros((ops.shape(real)[0],), "float32"))

    def descend(self, player, losses):
        """The only gradient step: `losses()` gives named per-example losses, whose means are summed and minimised.

        The mean is over the global batch: each replica contributes its share, since optimizers sum over replicas.
        """
        network, optimizer = getattr(self, player), getattr(self, f"{player}_optimizer")

        def total():
            values = losses()
            for name, value in values.items():
                self.trackers[name].update_state(value)
            return sum(ops.mean(value) for value in values.values()) / backend.replicas()

        _, gradients = backend.value_and_gradients(total, network.trainable_variables)
        allowed = [trick.may_update(self, player) for trick in self.tricks]
        players.step(optimizer, gradients, network.trainable_variables, [gate for gate in allowed if gate is not None])
        for trick in self.tricks:
            trick.updated(self, player)

    def fit(self, x=None, y=None, batch_size=None, **kwargs):
        """`keras.Model.fit` on a `tf.data.Dataset` or an array of images in [-1, 1], checked before training starts.

        `batch_size` is one player's batch: arrays are taken `discriminator_steps * batch_size` at a time. A data set
        of known length is repeated, and an epoch is one pass over it.
        """
        self._assert_compile_called("fit")
        return super().fit(**{**kwargs, **training_data.prepare(self, x, y, batch_size, **kwargs)})


def _optimizer(identifier, network, ema_momentum=None):
    """An optimizer built on a player's network, so that callbacks and checkpoints find its slots."""
    optimizer = checks.optimizer(identifier)
    if ema_momentum is not None:
        optimizer.use_ema, optimizer.ema_momentum = True, ema_momentum
    optimizer.build(network.trainable_variables)
    return optimizer
