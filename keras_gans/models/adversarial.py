"""The game of two networks on a stream of data, and everything about it that must be right exactly once."""

from typing import Any, NamedTuple

import keras
from keras import ops

from keras_gans import backend, registry
from keras_gans.models import checks, players, training_data
from keras_gans.models.compilation import Compilation
from keras_gans.models.sampling import Sampling
from keras_gans.models.saving import Saving
from keras_gans.networks.layers import spectral_normalization
from keras_gans.tricks.trick import Shown


class SeedGenerator(keras.random.SeedGenerator):
    """Keras' seeds, different on each replica."""

    def next(self, ordered=True):
        return backend.of_replica(super().next(ordered))


class Batch(NamedTuple):
    """The real images of one update, their classes or None, and in G's step its latents."""

    images: Any
    labels: Any = None
    latents: Any = None


class AdversarialModel(backend.Trainer, Compilation, Sampling, Saving, keras.Model):
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
        self.seed_generator = SeedGenerator(seed)
        self.trick_states = []
        self.built = True

    @staticmethod
    def judged_shape(image_shape, **model):
        """The shape of what D is shown, for images of `image_shape` and the constructor's arguments `model`."""
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
        fake = ops.stop_gradient(backend.call_without_updates(self.generator, inputs))
        shown = self.shown("discriminator", batch, fake, latents)

        def losses(shown):
            # One power iteration a step: it comes with the last of D's calls.
            with spectral_normalization.iteration_held():
                penalties = {
                    penalty.registered_name: self.penalty(penalty, shown.real, shown.fake, shown.labels)
                    for penalty in self.penalties
                }
                judged_real = self.judge(shown.real, shown.labels)
            judged_fake = self.judge(shown.fake, shown.labels)
            self.trackers["real_score"].update_state(judged_real["scores"])
            self.trackers["fake_score"].update_state(judged_fake["scores"])
            own = self.discriminator_losses(judged_real, judged_fake, shown.labels, shown.latents)
            return self.with_tricks("discriminator", {**own, **penalties}, shown)

        self.descend("discriminator", losses, shown)

    def update_generator(self, batch):
        """One step of G against the D of this moment. `batch` is for labels and objectives that compare batches."""
        latents = self.sample_inputs(ops.shape(batch.images)[0])

        def losses(batch):
            fake = self.generator(self.told("generator", batch.latents, batch.labels), training=True)
            shown = self.shown("generator", batch, fake, batch.latents)
            return self.with_tricks("generator", self.losses_against_opponent(shown), shown)

        self.descend("generator", losses, batch._replace(latents=latents))

    def losses_against_opponent(self, shown):
        """What G minimises by name, against the D of this moment."""
        judged_fake = self.judge_as_opponent(shown.fake, shown.labels)
        compares = self.objective.compares_batches
        judged_real = self.judge_as_opponent(shown.real, shown.labels) if compares else None
        return self.generator_losses(judged_fake, judged_real, shown.labels, shown.latents)

    def shown(self, player, batch, fake, latents):
        """What D is shown in a player's step, after the tricks."""
        shown = Shown(batch.images, fake, batch.labels, latents)
        for trick in self.tricks:
            shown = trick.shown(self, player, shown)
        return shown

    def with_tricks(self, player, losses, shown):
        """A player's losses by name, after the tricks."""
        for trick in self.tricks:
            losses = trick.losses(self, player, losses, shown)
        return losses

    def told(self, player, inputs, labels):
        """What a player is called on: its inputs, and where the game says so their classes."""
        return [inputs, labels] if player in self.takes_labels else inputs

    def judge(self, images, labels=None):
        """D's outputs by name in D's own step, float32 whatever the precision of the networks."""
        return self.named(self.discriminator(self.told("discriminator", images, labels), training=True))

    def judge_as_opponent(self, images, labels=None, network=None):
        """D's outputs in another player's step: training mode, but D's state stays as it is.

        `network` is asked instead of D, where it is given: a part of D, for instance.
        """
        network = self.discriminator if network is None else network
        outputs = backend.call_without_updates(network, self.told("discriminator", images, labels))
        return self.named(outputs) if network is self.discriminator else outputs

    def named(self, outputs):
        """D's outputs as a dictionary in float32."""
        outputs = outputs if isinstance(outputs, dict) else {"scores": outputs}
        return {name: ops.cast(output, "float32") for name, output in outputs.items()}

    def discriminator_losses(self, real, fake, labels, latents):
        """What D minimises, by name and per example.

        Args:
            real, fake: D's outputs by name on real images and on the images of `latents`.
            labels: the classes of both `(batch,)`, or None.
            latents: `(batch, latent_dim)`.
        """
        return {"discriminator_loss": self.played_objective.discriminator_loss(real["scores"], fake["scores"])}

    def generator_losses(self, fake, real, labels, latents):
        """What G minimises; `real` is None unless the objective compares batches. See `discriminator_losses`."""
        real_scores = None if real is None else real["scores"]
        return {"generator_loss": self.played_objective.generator_loss(fake["scores"], real_scores)}

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

    def descend(self, player, losses, batch):
        """The only gradient step: `losses(batch)` gives named per-example losses, whose means are summed and minimised.

        The mean is over the global batch: each replica contributes its share, since optimizers sum over replicas. The
        batch, a named tuple, is worked on in `accumulate` parts whose gradients are averaged. D's constraints follow
        its steps.
        """
        network, optimizer = getattr(self, player), getattr(self, f"{player}_optimizer")

        def total(part):
            values = losses(part)
            for name, value in values.items():
                self.trackers[name].update_state(value)
            return optimizer.scale_loss(sum(ops.mean(value) for value in values.values()) / backend.replicas())

        gradients = players.mean_gradients(total, network.trainable_variables, batch, self.accumulate)
        allowed = [trick.may_update(self, player) for trick in self.tricks]
        players.step(optimizer, gradients, network.trainable_variables, [gate for gate in allowed if gate is not None])
        for constraint in self.constraints if player == "discriminator" else ():
            constraint(self.discriminator)
        for trick in self.tricks:
            trick.updated(self, player)

    def fit(self, x=None, y=None, batch_size=None, **kwargs):
        """`keras.Model.fit` on a `tf.data.Dataset` or an array of images in [-1, 1], checked before training starts.

        `batch_size` is one player's batch: arrays are taken `discriminator_steps * batch_size` at a time. A data set
        of known length is repeated, and an epoch is one pass over it.
        """
        self._assert_compile_called("fit")
        return super().fit(**{**kwargs, **training_data.prepare(self, x, y, batch_size, **kwargs)})
